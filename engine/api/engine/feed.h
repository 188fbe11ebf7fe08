// The push door: a program's own H.264 as a source, passed through untouched. For tests, the
// load generator, and later the Python module and the GStreamer sink.
// Thread: any one at a time. Owner: the caller; the source ends when it is destroyed.
#pragma once

#include "engine/error.h"
#include "engine/snapshot.h"

#include <chrono>
#include <cstdint>
#include <span>

namespace heliograph {

struct FeedPicture {
    // One access unit, Annex B (ITU-T H.264 annex B), parameter sets before each IDR.
    std::span<const std::uint8_t> annexB;
    std::chrono::nanoseconds pts{}; // std::chrono::steady_clock time of capture
};

class Feed {
public:
    virtual ~Feed() = default;
    virtual SourceId source() const = 0;
    // Copies the picture once. Never blocks.
    // Errors: Malformed (no NAL unit found), TooLarge (the engine is a second behind; dropped).
    virtual Result<> push(const FeedPicture &picture) = 0;
};

} // namespace heliograph
