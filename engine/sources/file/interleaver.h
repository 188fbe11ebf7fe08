// Pictures and sound in the order of their decoding times: a container may hold them a second
// apart. Looks ahead as far as it must and no farther. One for each round of a file.
// Thread: the source's. Owner: the file source.
#pragma once

#include "sources/file/sample.h"

#include <array>
#include <deque>
#include <optional>

namespace heliograph {

class Interleaver {
public:
    // hasBoth: there are pictures and sound, and either is waited for.
    explicit Interleaver(bool hasBoth)
        : m_hasBoth(hasBoth)
    {
    }

    void push(Sample sample);
    void end() { m_ended = true; } // of the file: nothing more is waited for

    // The next in order; nothing: push more.
    std::optional<Sample> pop();
    const Sample *next(TrackId track) const; // that waits; valid up to the next call; null: none

private:
    using Queue = std::deque<Sample>;

    bool isReady() const;

    const bool m_hasBoth;
    bool m_ended = false;
    std::array<Queue, 2> m_queues; // by track
};

} // namespace heliograph
