// The RTP fixed header (RFC 3550 section 5.1): written, and read from outside bytes.
// Thread: any (pure functions on bytes).
#pragma once

#include "core/bytes.h"
#include "engine/error.h"

#include <cstdint>
#include <span>

namespace heliograph::rtp {

inline constexpr std::size_t headerSize = 12;

struct Header {
    bool marker = false;
    std::uint8_t payloadType = 96;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t ssrc = 0;
    bool operator==(const Header &) const = default;
};

struct Packet {
    Header header;
    ByteSpan payload; // into the parsed bytes: CSRCs, extension and padding left out
};

void writeHeader(std::span<std::uint8_t, headerSize> out, const Header &header);

// Errors: Malformed (short, version not 2, extension or padding past the end).
Result<Packet> parsePacket(ByteSpan datagram);

} // namespace heliograph::rtp
