// How one access unit is cut into RTP packets, before any byte is written. A plan is made once per
// access unit and stream, with its sequence numbers; each framing (datagrams, interleaved on some
// channel) then writes it into one contiguous block with one copy of the payload.
// Thread: any (values).
#pragma once

#include "media/access_unit.h"
#include "media/batch.h"

#include <array>
#include <cstdint>
#include <vector>

namespace heliograph::rtp {

struct PlannedPacket {
    std::array<std::uint8_t, 4> prefix{}; // FU indicator and header, or AU headers
    std::uint8_t prefixSize = 0;
    ByteSpan payload; // into the access unit
    bool marker = false;
};

struct PacketPlan {
    AccessUnitPtr unit; // keeps the payload alive
    std::uint8_t payloadType = 96;
    std::uint32_t ssrc = 0;
    std::uint16_t firstSequence = 0;
    std::uint32_t timestamp = 0;
    std::vector<PlannedPacket> packets;
};

// RTP packets back to back, with the runs that UDP generic segmentation offload can cut.
BatchPtr writeDatagrams(const PacketPlan &plan);

// '$', channel, 16-bit length before each packet (RFC 2326 section 10.12).
BatchPtr writeInterleaved(const PacketPlan &plan, std::uint8_t channel);

} // namespace heliograph::rtp
