// The body of a video message: legacy FLV (H.264, and HEVC as codec 12) and Enhanced RTMP v2.
// Thread: any (pure functions on bytes).
#pragma once

#include "engine/error.h"
#include "wire/rtmp/flv_tag.h"
#include "wire/rtmp/four_cc.h"

#include <cstdint>

namespace heliograph::rtmp {

struct VideoTag {
    FourCc codec; // none: a legacy codec without one (H.263, VP6, Screen video)
    PacketKind kind = PacketKind::Other;
    bool keyframe = false;
    bool enhanced = false; // it came with the ex-header
    std::uint8_t legacyCodec = 0; // the codec id of a legacy tag: 7 H.264, 12 HEVC
    std::int32_t compositionTime = 0; // ms, pts - dts
    std::uint32_t nanoseconds = 0; // to be added to the timestamp: ModEx, below 1 ms
    ByteSpan body; // into the parsed bytes; of a multitrack message: that of track 0
};

// Packet types and multitracks that we do not know are Other, as is an empty payload, which some
// encoders send. Errors: Malformed (too short).
Result<VideoTag> parseVideoTag(ByteSpan payload);

// The head to put in front of a body. H.264 as legacy FLV (0x17 or 0x27) where `codec` is avc;
// others with the ex-header: CodedFrames for HEVC with a composition time, else CodedFramesX.
// kind: SequenceHeader, Frames, SequenceEnd. compositionTime: 24 bits, signed.
struct VideoHead {
    FourCc codec = four_cc::avc;
    PacketKind kind = PacketKind::Frames;
    bool keyframe = false;
    std::int32_t compositionTime = 0;
};
TagHead writeVideoHead(const VideoHead &head);

} // namespace heliograph::rtmp
