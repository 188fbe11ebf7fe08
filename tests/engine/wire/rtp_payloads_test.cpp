#include "wire/rtp/payloads.h"

#include "engine/media/hex.h"
#include "engine/wire/units.h"

#include <gtest/gtest.h>

namespace heliograph::rtp {

using test::hex;
using test::nalOf;
using test::pictureOf;
using test::soundOf;
using test::vectorOf;

TEST(PlanH264, H4_SingleNalUnitsWhereTheyFit)
{
    const auto unit = pictureOf({nalOf(0x67, 20), nalOf(0x68, 4), nalOf(0x65, 1400)});
    const auto packets = planH264(*unit, 1400);
    ASSERT_EQ(packets.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(packets[i].prefixSize, 0);
        EXPECT_EQ(packets[i].payload.data(), unit->units[i].data()); // not a copy
        EXPECT_EQ(packets[i].payload.size(), unit->units[i].size());
    }
}

TEST(PlanH264, H4_FragmentsKeepTypeAndImportanceAndHaveOneStartAndOneEnd)
{
    for (const std::uint8_t header : {0x65, 0x41, 0x01, 0xe5}) { // the last has the F bit
        for (const std::size_t size : {1401, 1402, 2797, 2798, 100000}) {
            const auto unit = pictureOf({nalOf(header, size)});
            const auto packets = planH264(*unit, 1400);
            ASSERT_GE(packets.size(), 2U);
            for (std::size_t i = 0; i < packets.size(); ++i) {
                const bool last = i == packets.size() - 1;
                const auto flags = std::uint8_t((i == 0 ? 0x80 : 0) | (last ? 0x40 : 0));
                ASSERT_EQ(packets[i].prefixSize, 2);
                EXPECT_EQ(packets[i].prefix[0], (header & 0xe0) | 28);
                EXPECT_EQ(packets[i].prefix[1], flags | (header & 0x1f));
            }
        }
    }
}

TEST(PlanH264, H5_FragmentsAreFullButTheLast)
{
    for (const std::size_t maximum : {64, 1188, 1400, 9000}) {
        const auto unit = pictureOf({nalOf(0x65, 100001)});
        const auto packets = planH264(*unit, maximum);
        for (std::size_t i = 0; i + 1 < packets.size(); ++i)
            EXPECT_EQ(packets[i].payload.size() + 2, maximum);
        EXPECT_LE(packets.back().payload.size() + 2, maximum);
        EXPECT_GE(packets.back().payload.size(), 1U);
    }
}

TEST(PlanH264, ReservesExactly)
{
    for (const std::size_t size : {63, 64, 65, 66, 125, 126, 127, 128, 100000}) {
        const auto packets = planH264(*pictureOf({nalOf(0x67, 9), nalOf(0x65, size)}), 64);
        EXPECT_EQ(packets.size(), packets.capacity()) << size;
    }
}

TEST(PlanH264, H3_MarkerOnTheLastPacketOnly)
{
    const auto unit =
        pictureOf({nalOf(0x67, 20), nalOf(0x68, 4), nalOf(0x65, 3000), nalOf(0x65, 3000)});
    const auto packets = planH264(*unit, 1400);
    for (std::size_t i = 0; i < packets.size(); ++i)
        EXPECT_EQ(packets[i].marker, i == packets.size() - 1);
}

TEST(PlanH264, H6_DelimitersAndFillerAreNotSent)
{
    const auto unit =
        pictureOf({nalOf(0x09, 2), nalOf(0x06, 30), nalOf(0x65, 9), nalOf(0x0c, 500)});
    const auto packets = planH264(*unit, 1400);
    ASSERT_EQ(packets.size(), 2U);
    EXPECT_EQ(packets[0].payload[0], 0x06);
    EXPECT_TRUE(packets[1].marker);
    EXPECT_TRUE(planH264(*pictureOf({nalOf(0x09, 2)}), 1400).empty());
    EXPECT_TRUE(planH264(AccessUnit(), 1400).empty());
}

// RTP uses the types from 24 on for itself: a viewer would take them apart.
TEST(PlanH264, TypesThatRtpUsesAreNotSent)
{
    for (const std::uint8_t type : {0, 24, 28, 31})
        EXPECT_TRUE(planH264(*pictureOf({nalOf(type, 9)}), 1400).empty()) << int(type);
    for (const std::uint8_t type : {1, 14, 20, 23})
        EXPECT_EQ(planH264(*pictureOf({nalOf(type, 9)}), 1400).size(), 1U) << int(type);
}

TEST(PlanAac, A2_HeaderHasTheSizeInBits)
{
    const auto unit = soundOf(371);
    const auto packets = planAac(*unit, 1400);
    ASSERT_EQ(packets.size(), 1U);
    // AU-headers-length is 16 bits; then 13 bits of 371, and index 0.
    EXPECT_EQ(vectorOf(packets[0].prefix), hex("00 10 0b 98"));
    EXPECT_EQ(packets[0].prefixSize, 4);
    EXPECT_EQ(packets[0].payload.size(), 371U);
    EXPECT_TRUE(packets[0].marker);
}

TEST(PlanAac, A2_LongFramesAreCutAndMarkedAtTheEnd)
{
    const auto unit = soundOf(3000);
    const auto packets = planAac(*unit, 1400);
    ASSERT_EQ(packets.size(), 3U);
    std::size_t total = 0;
    for (const PlannedPacket &packet : packets) {
        EXPECT_EQ(vectorOf(packet.prefix), hex("00 10 5d c0"));
        EXPECT_LE(packet.payload.size() + 4, 1400U);
        EXPECT_EQ(packet.marker, &packet == &packets.back());
        total += packet.payload.size();
    }
    EXPECT_EQ(total, 3000U);
}

TEST(PlanAac, FramesPast13BitsAreNotSent)
{
    EXPECT_EQ(planAac(*soundOf(8191), 1400).size(), 6U);
    EXPECT_TRUE(planAac(*soundOf(8192), 1400).empty());
    EXPECT_TRUE(planAac(AccessUnit(), 1400).empty());
}

// RFC 7798 section 4.4.3.
TEST(PlanHevc, E1_E4_FragmentsHaveTheHeadOfTheirNalUnit)
{
    auto nal = nalOf(0x27, 3000); // IDR_W_RADL, the layer's upper bit
    nal[1] = 0x0b; // layer 33, temporal id 2
    const auto unit = pictureOf({nalOf(0x40, 20), nal});
    const auto packets = planHevc(*unit, 1400);
    ASSERT_EQ(packets.size(), 4U);
    EXPECT_EQ(packets[0].prefixSize, 0);
    std::vector<std::uint8_t> whole = {nal[0], nal[1]};
    for (std::size_t i = 1; i < packets.size(); ++i) {
        const bool last = i == packets.size() - 1;
        ASSERT_EQ(packets[i].prefixSize, 3);
        EXPECT_EQ(packets[i].prefix[0], 0x63); // 49
        EXPECT_EQ(packets[i].prefix[1], 0x0b);
        EXPECT_EQ(packets[i].prefix[2], (i == 1 ? 0x80 : 0) | (last ? 0x40 : 0) | 19);
        EXPECT_LE(packets[i].payload.size() + 3, 1400U);
        EXPECT_EQ(packets[i].marker, last);
        whole.insert(whole.end(), packets[i].payload.begin(), packets[i].payload.end());
    }
    EXPECT_EQ(whole, nal);
}

TEST(PlanHevc, DelimitersAndTypesThatRtpUsesAreNotSent)
{
    const std::uint8_t delimiter = 35 << 1, aggregate = 48 << 1, unspecified = 63 << 1;
    for (const std::uint8_t header : {delimiter, aggregate, unspecified})
        EXPECT_TRUE(planHevc(*pictureOf({nalOf(header, 9)}), 1400).empty());
}

TEST(PlanOpus, O1_OnePacketEachThatIsNeverCut)
{
    const auto unit = soundOf(1200, OpaqueConfig{.codec = OpaqueCodec::Opus}, 31 << 3);
    const auto packets = planPayload(*unit, 200);
    ASSERT_EQ(packets.size(), 1U);
    EXPECT_EQ(packets[0].prefixSize, 0);
    EXPECT_EQ(packets[0].payload.data(), unit->units[0].data());
    EXPECT_EQ(samplesOf(*unit), 960U);
}

TEST(PlanG711, G1_APacketStaysWholeAndLastsASampleForEachByte)
{
    const OpaqueConfig stereo{.codec = OpaqueCodec::Pcmu, .sampleRate = 16000, .channels = 2};
    const auto unit = soundOf(640, stereo, 0xff);
    const auto packets = planPayload(*unit, 200);
    ASSERT_EQ(packets.size(), 1U);
    EXPECT_EQ(packets[0].payload.data(), unit->units[0].data());
    EXPECT_EQ(samplesOf(*unit), 320U);
}

TEST(PayloadType, G1_IsStaticOnlyForG711OfATelephone)
{
    const auto typeOf = [](OpaqueCodec codec, int rate, int channels) {
        return payloadTypeOf(
            {TrackId::Original, 1,
             OpaqueConfig{.codec = codec, .sampleRate = rate, .channels = channels}});
    };
    EXPECT_EQ(typeOf(OpaqueCodec::Pcmu, 8000, 1), 0);
    EXPECT_EQ(typeOf(OpaqueCodec::Pcma, 8000, 1), 8);
    EXPECT_EQ(typeOf(OpaqueCodec::Pcmu, 16000, 1), 99);
    EXPECT_EQ(typeOf(OpaqueCodec::Pcmu, 8000, 2), 99);
    EXPECT_EQ(payloadTypeOf({TrackId::Video, 1, H264Config{}}), 96);
    EXPECT_EQ(payloadTypeOf({TrackId::Audio, 1, AacConfig{}}), 97);
}

TEST(PlanPayload, KnowsWhatRtpHasNoFormForHere)
{
    for (const auto codec : {OpaqueCodec::Av1, OpaqueCodec::Vp9, OpaqueCodec::Flac})
        EXPECT_FALSE(hasPayloadFormat({TrackId::Video, 1, OpaqueConfig{.codec = codec}}));
    EXPECT_TRUE(hasPayloadFormat({TrackId::Audio, 1, OpaqueConfig{.codec = OpaqueCodec::Opus}}));
    EXPECT_TRUE(hasPayloadFormat({TrackId::Video, 1, HevcConfig{}}));
}

} // namespace heliograph::rtp
