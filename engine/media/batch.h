// The packets of one access unit, ready-framed in one contiguous block: made once, shared by all
// viewers that would get identical bytes.
// Thread: any (immutable). Owner: shared.
#pragma once

#include "core/bytes.h"
#include "core/clock.h"
#include "core/datagram_run.h"
#include "media/track.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace heliograph {

struct Batch {
    using Run = DatagramRun;

    TrackId track = TrackId::Video;
    Timestamp dts{0};
    bool keyframe = false;
    Bytes block;
    std::vector<Run> runs; // datagram framing only; empty for stream framing
    std::uint32_t packets = 0; // RTP packets in the block
    std::uint32_t payloadBytes = 0; // RTP payload octets, without headers and framing
};

using BatchPtr = std::shared_ptr<const Batch>;

} // namespace heliograph
