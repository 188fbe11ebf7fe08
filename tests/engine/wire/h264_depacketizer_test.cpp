#include "wire/rtp/h264_depacketizer.h"

#include "engine/media/hex.h"
#include "engine/wire/cases/rtp_cases.h"

#include <gtest/gtest.h>

namespace heliograph::rtp {

using test::hex;

namespace {

Result<std::optional<ReceivedUnit>> pushTo(H264Depacketizer &depacketizer,
                                           const std::vector<std::uint8_t> &payload, int sequence,
                                           std::uint32_t timestamp, bool marker)
{
    return depacketizer.push({{marker, 96, std::uint16_t(sequence), timestamp, 1}, payload});
}

} // namespace

TEST(Depacketizer, UnpacksEveryCase)
{
    for (const test::DepacketizerCase &item : test::depacketizerCases()) {
        SCOPED_TRACE(item.name);
        H264Depacketizer depacketizer;
        std::vector<ReceivedUnit> units;
        int errors = 0;
        for (const test::Arrived &packet : item.packets) {
            auto unit = pushTo(depacketizer, hex(packet.payload), packet.sequence, packet.timestamp,
                               packet.marker);
            errors += unit ? 0 : 1;
            if (unit && *unit)
                units.push_back(**unit);
        }
        EXPECT_EQ(errors, item.errors);
        EXPECT_EQ(depacketizer.lostPackets(), item.lost);
        ASSERT_EQ(units.size(), item.units.size());
        for (std::size_t i = 0; i < units.size(); ++i) {
            EXPECT_EQ(units[i].timestamp, item.units[i].timestamp);
            EXPECT_EQ(units[i].keyframe, item.units[i].keyframe);
            EXPECT_EQ(units[i].damaged, item.units[i].damaged);
            std::vector<std::vector<std::uint8_t>> nals;
            for (const std::string &nal : item.units[i].nals)
                nals.push_back(hex(nal));
            EXPECT_EQ(units[i].nals, nals);
        }
    }
}

TEST(Depacketizer, RefusesTooManyNalUnits)
{
    H264Depacketizer depacketizer;
    const std::vector<std::uint8_t> nal = hex("4188");
    int sequence = 0;
    for (int i = 0; i < 4096; ++i)
        ASSERT_TRUE(pushTo(depacketizer, nal, sequence++, 10, false));
    const auto over = pushTo(depacketizer, nal, sequence++, 10, false);
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code, ErrorCode::TooLarge);
    const auto unit = pushTo(depacketizer, nal, sequence++, 10, true);
    ASSERT_TRUE(unit && *unit);
    EXPECT_TRUE((*unit)->damaged);
    EXPECT_EQ((*unit)->nals.size(), 1U);
}

TEST(Depacketizer, RefusesTooManyBytes)
{
    H264Depacketizer depacketizer;
    std::vector<std::uint8_t> fragment(60000, 0x55);
    fragment[0] = 0x7c;
    fragment[1] = 0x85;
    int sequence = 0;
    std::size_t held = 0;
    while (pushTo(depacketizer, fragment, sequence++, 10, false)) {
        fragment[1] = 0x05;
        held += fragment.size() - 2;
        ASSERT_LE(held, 8U << 20);
    }
    EXPECT_GT(held, (8U << 20) - 60000);
}

TEST(Depacketizer, DroppedFragmentsDoNotCount)
{
    H264Depacketizer depacketizer;
    std::vector<std::uint8_t> first(60000, 0x55);
    first[0] = 0x7c;
    first[1] = 0x85; // each begins anew: the one before never ends
    for (int sequence = 0; sequence < 500; ++sequence)
        ASSERT_TRUE(pushTo(depacketizer, first, sequence, 10, false)) << sequence;
}

} // namespace heliograph::rtp
