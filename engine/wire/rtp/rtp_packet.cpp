#include "wire/rtp/rtp_packet.h"

#include "wire/big_endian.h"

namespace heliograph::rtp {

namespace {

//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |V=2|P|X|  CC   |M|     PT      |       sequence number         |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                           timestamp                           |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                             SSRC                              |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |            CSRCs, CC of them; then the extension if X         |
constexpr std::uint8_t versionTwo = 2 << 6;
constexpr std::uint8_t versionMask = 0xc0;
constexpr std::uint8_t paddingBit = 0x20;
constexpr std::uint8_t extensionBit = 0x10;
constexpr std::uint8_t markerBit = 0x80;

Header readHeader(ByteSpan datagram)
{
    Header header;
    header.marker = (datagram[1] & markerBit) != 0;
    header.payloadType = datagram[1] & 0x7f;
    header.sequence = wire::read16(datagram, 2);
    header.timestamp = wire::read32(datagram, 4);
    header.ssrc = wire::read32(datagram, 8);
    return header;
}

} // namespace

void writeHeader(std::span<std::uint8_t, headerSize> out, const Header &header)
{
    out[0] = versionTwo;
    out[1] = std::uint8_t((header.marker ? markerBit : 0) | (header.payloadType & 0x7f));
    wire::write16(&out[2], header.sequence);
    wire::write32(&out[4], header.timestamp);
    wire::write32(&out[8], header.ssrc);
}

Result<Packet> parsePacket(ByteSpan datagram)
{
    if (datagram.size() < headerSize || (datagram[0] & versionMask) != versionTwo)
        return failure(ErrorCode::Malformed, "read RTP packet › no header");
    std::size_t begin = headerSize + std::size_t{4} * (datagram[0] & 0x0f);
    if ((datagram[0] & extensionBit) != 0) { // 16 bits of its own, then its length in words
        if (begin + 4 > datagram.size())
            return failure(ErrorCode::Malformed, "read RTP packet › extension");
        begin += 4 + std::size_t{4} * wire::read16(datagram, begin + 2);
    }
    if (begin > datagram.size())
        return failure(ErrorCode::Malformed, "read RTP packet › CSRCs or extension");
    ByteSpan payload = datagram.subspan(begin);
    if ((datagram[0] & paddingBit) != 0) { // the last byte counts itself
        const std::size_t padding = payload.empty() ? 0 : payload.back();
        if (padding == 0 || padding > payload.size())
            return failure(ErrorCode::Malformed, "read RTP packet › padding");
        payload = payload.first(payload.size() - padding);
    }
    return Packet{readHeader(datagram), payload};
}

} // namespace heliograph::rtp
