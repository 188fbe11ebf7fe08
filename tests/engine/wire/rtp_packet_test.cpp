#include "wire/rtp/rtp_packet.h"

#include "engine/media/hex.h"
#include "engine/wire/cases/rtp_cases.h"

#include <array>
#include <gtest/gtest.h>

namespace heliograph::rtp {

using test::hex;
using test::vectorOf;

TEST(RtpPacket, ReadsEveryCase)
{
    for (const test::RtpCase &item : test::rtpCases()) {
        SCOPED_TRACE(item.name);
        const std::vector<std::uint8_t> bytes = hex(item.hex);
        const auto packet = parsePacket(bytes);
        ASSERT_EQ(packet.has_value(), item.header.has_value());
        if (!packet) {
            EXPECT_EQ(packet.error().code, ErrorCode::Malformed);
            continue;
        }
        EXPECT_EQ(packet->header, *item.header);
        EXPECT_EQ(vectorOf(packet->payload), hex(item.payload));
    }
}

TEST(RtpPacket, ReadsTheHeaderThatItWrites)
{
    const Header header{true, 97, 65535, 0xfffefdfc, 0x01020304};
    std::array<std::uint8_t, headerSize> bytes{};
    writeHeader(bytes, header);
    EXPECT_EQ(vectorOf(bytes), hex("80 e1 ffff fffefdfc 01020304"));
    EXPECT_EQ(parsePacket(bytes)->header, header);
}

TEST(RtpPacket, TypeNeverReachesTheMarker)
{
    std::array<std::uint8_t, headerSize> bytes{};
    writeHeader(bytes, {false, 0xff, 0, 0, 0});
    EXPECT_FALSE(parsePacket(bytes)->header.marker);
}

} // namespace heliograph::rtp
