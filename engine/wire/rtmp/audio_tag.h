// The body of an audio message: legacy FLV (AAC, MP3 and what is older) and Enhanced RTMP v2.
// Thread: any (pure functions on bytes).
#pragma once

#include "engine/error.h"
#include "wire/rtmp/flv_tag.h"
#include "wire/rtmp/four_cc.h"

#include <cstdint>

namespace heliograph::rtmp {

struct AudioTag {
    FourCc codec; // none: a legacy format without one (PCM, Speex, G.711, …)
    PacketKind kind = PacketKind::Other;
    bool enhanced = false; // it came with the ex-header
    std::uint8_t legacyFormat = 0; // the sound format of a legacy tag: 10 AAC, 2 MP3
    std::uint32_t nanoseconds = 0; // to be added to the timestamp: ModEx, below 1 ms
    ByteSpan body; // into the parsed bytes; of a multitrack message: that of track 0
};

// Packet types and multitracks that we do not know are Other, as is an empty payload, which some
// encoders send. Errors: Malformed (too short).
Result<AudioTag> parseAudioTag(ByteSpan payload);

// The head to put in front of a body: AAC and MP3 as legacy FLV (0xAF 00, 0xAF 01, 0x2F), others
// with the ex-header. kind: SequenceHeader, Frames, SequenceEnd.
TagHead writeAudioHead(FourCc codec, PacketKind kind);

} // namespace heliograph::rtmp
