// One clock for all rounds of a file and for all files of a list: each round's times follow where
// the last one ended, without a gap or an overlap, and sound keeps its distance from the pictures.
// Thread: the source's. Owner: the file source.
#pragma once

#include "sources/file/sample.h"

#include <array>
#include <optional>

namespace heliograph {

class Timeline {
public:
    // What an MPEG transport stream's clock may do, where recordings were joined or it ran over.
    enum class Clock { Steady, MayJump };

    // When the first of each track is shown, as its file counts; nothing: there is none.
    using Starts = std::array<std::optional<Timestamp>, 2>;

    explicit Timeline(Clock clock)
        : m_clock(clock)
    {
    }

    // The sample on this clock. Its dts is above that of its track's sample before, its pts is not
    // below its dts.
    Sample place(Sample sample);
    void nextRound(const Starts &starts, Clock clock);

    // A cut within a round: what the file shows at `from` is shown at `at`, which is not before the
    // end of all that has been. What was placed and never came does not count.
    void cut(Timestamp from, Timestamp at);

private:
    struct Progress {
        std::optional<Timestamp> first; // dts of this round's first
        std::optional<Timestamp> last; // dts of the last one ever
        Timestamp end{0}; // where the last one ends, as they are decoded
        std::optional<Timestamp> shownEnd; // as they are shown
    };

    bool hasJumped(const Progress &progress, Timestamp dts) const;

    Clock m_clock;
    Timestamp m_offset{0}; // added now
    std::array<Progress, 2> m_tracks;
};

} // namespace heliograph
