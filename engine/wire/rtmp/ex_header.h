// The ex-header of Enhanced RTMP v2, behind its first byte: ModEx prefixes, the multitrack head and
// the FourCC are the same for video and sound.
//
//   [ size - 1, 8 bits (255: 16 more) | data | mod type 4, packet type 4 ] …   while ModEx
//   [ multitrack type 4, packet type 4 ]                                       if Multitrack
//   FourCC 32                                                                  unless per track
//   [ FourCC 32 ] [ track 8 ] [ size 24 ] body …                               if Multitrack
//
// Thread: any one at a time. Owner: the parser of a tag, on its stack.
#pragma once

#include "core/bytes.h"
#include "engine/error.h"
#include "wire/rtmp/four_cc.h"

#include <cstdint>

namespace heliograph::rtmp {

struct ExHeader {
    std::uint8_t packetType = 0; // that of the tracks, when there are several
    FourCc codec;
    std::uint32_t nanoseconds = 0;
    bool isKnown = true; // false: no track 0, or a kind of multitrack that we do not know
    ByteSpan body; // of the one track, or of track 0
};

// packetType: of the tag's first byte. multitrack: the number that means it (video 6, audio 5).
// Errors: Malformed (short).
Result<ExHeader> parseExHeader(std::uint8_t packetType, std::uint8_t multitrack, ByteSpan rest);

} // namespace heliograph::rtmp
