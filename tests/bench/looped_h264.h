// An Annex B file as an endless live stream: one access unit a frame interval, each stamped with
// the time at which it is handed out.
// Thread: any (immutable); run() blocks its caller.
#pragma once

#include "core/bytes.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace heliograph::bench {

class LoopedH264 {
public:
    // Throws when the file holds no picture.
    LoopedH264(const std::string &file, double fps);

    std::chrono::nanoseconds interval() const { return m_interval; }
    // The next picture for ever: behind the last one comes the first.
    std::vector<std::uint8_t> stamped(std::size_t index) const;

    // steady: the time of the picture. Calls until stop is set.
    using Deliver = std::function<void(ByteSpan annexB, std::chrono::nanoseconds steady)>;
    void run(const Deliver &deliver, const std::atomic<bool> &stop) const;

private:
    struct Picture {
        std::vector<std::uint8_t> parameterSets; // SPS and PPS with start codes; may be empty
        std::vector<std::uint8_t> rest;
    };

    std::vector<Picture> m_pictures;
    std::chrono::nanoseconds m_interval;
};

} // namespace heliograph::bench
