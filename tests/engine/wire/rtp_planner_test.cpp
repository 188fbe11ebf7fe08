#include "wire/rtp/planner.h"

#include "engine/media/hex.h"
#include "engine/wire/units.h"

#include <gtest/gtest.h>

namespace heliograph::rtp {

using namespace std::chrono_literals;
using test::hex;
using test::nalOf;
using test::pictureOf;
using test::soundOf;
using test::vectorOf;

namespace {

PlannerConfig videoConfig()
{
    PlannerConfig config;
    config.ssrc = 0x01020304;
    config.firstSequence = 1000;
    config.timestampBase = 5000;
    config.epoch = 10s;
    return config;
}

PlannerConfig soundConfig()
{
    PlannerConfig config = videoConfig();
    config.payloadType = 97;
    config.clockRate = 48000;
    return config;
}

} // namespace

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

TEST(Planner, H1_H12_NumbersFollowAndWrap)
{
    PlannerConfig config = videoConfig();
    config.firstSequence = 65534;
    Planner planner(config);
    const auto unit = pictureOf({nalOf(0x65, 2000)}, 10s); // two packets
    EXPECT_EQ(planner.plan(unit).firstSequence, 65534);
    EXPECT_EQ(planner.nextSequence(), 0);
    const PacketPlan second = planner.plan(unit);
    EXPECT_EQ(second.firstSequence, 0);
    EXPECT_EQ(second.ssrc, config.ssrc);
    EXPECT_EQ(second.payloadType, 96);
    EXPECT_EQ(planner.nextSequence(), 2);
}

TEST(Planner, EmptyUnitsTakeNoNumber)
{
    Planner planner(videoConfig());
    EXPECT_TRUE(planner.plan(pictureOf({nalOf(0x09, 2)})).packets.empty());
    EXPECT_EQ(planner.nextSequence(), 1000);
}

TEST(Planner, H2_H15_TimestampIsThePresentationTime)
{
    Planner planner(videoConfig());
    const auto at = [&](Timestamp pts) {
        return planner.plan(pictureOf({nalOf(0x41, 9)}, pts)).timestamp;
    };
    EXPECT_EQ(at(10s), 5000U);
    EXPECT_EQ(at(11s), 95000U);
    EXPECT_EQ(at(10s + 33'366'667ns), 5000U + 3003U); // B pictures go back
    EXPECT_EQ(at(10s + 1234567ns), 5000U + 111U); // and gaps are no counter's steps
}

TEST(Planner, H12_TimestampWrapsAfterHalfADay)
{
    Planner planner(videoConfig());
    // 2^32 ticks are 13 h 15 min 21.858844 s; nanoseconds times 90000 leave 64 bits after 28 h.
    const std::int64_t wrap = std::int64_t{1} << 32;
    for (const std::int64_t ticks : {wrap - 5001, wrap - 5000, wrap, 3 * wrap + 7, 1000 * wrap}) {
        const auto when = 10s + std::chrono::seconds(ticks / 90000)
            + std::chrono::nanoseconds(ticks % 90000 * 1'000'000'000 / 90000);
        EXPECT_EQ(planner.rtpTime(when), std::uint32_t(5000 + ticks));
    }
}

TEST(Planner, RtpTimeGoesBackBeforeTheEpoch)
{
    Planner planner(videoConfig());
    EXPECT_EQ(planner.rtpTime(9s), std::uint32_t(5000 - 90000));
    EXPECT_EQ(planner.rtpTime(10s - 11111ns), 4999U);
    EXPECT_EQ(planner.rtpTime(0s), std::uint32_t(5000 - 900000));
}

TEST(Planner, A2_SoundGoesOnBy1024WhateverTheCaptureTimesJitter)
{
    Planner planner(soundConfig());
    EXPECT_EQ(planner.nextTimestamp(10s), 5000U);
    for (int i = 0; i < 500; ++i) {
        const Timestamp exact(std::int64_t{i} * 1024 * 1'000'000'000 / 48000);
        const auto jitter = std::chrono::microseconds((i * 37 % 17 - 8) * 1000);
        const PacketPlan plan = planner.plan(soundOf(300, 10s + exact + (i == 0 ? 0us : jitter)));
        ASSERT_EQ(plan.timestamp, 5000U + 1024U * unsigned(i)) << i;
        EXPECT_EQ(planner.nextTimestamp(0s), plan.timestamp + 1024);
    }
}

TEST(Planner, H15_LostSoundLeavesAGap)
{
    Planner planner(soundConfig());
    planner.plan(soundOf(300, 10s));
    const PacketPlan late = planner.plan(soundOf(300, 11s));
    EXPECT_EQ(late.timestamp, 5000U + 48000U);
    EXPECT_EQ(planner.plan(soundOf(300, 11s + 21333us)).timestamp, late.timestamp + 1024);
    const PacketPlan oneLost = planner.plan(soundOf(300, 11s + 64ms));
    EXPECT_EQ(oneLost.timestamp, late.timestamp + 3072);
}

TEST(Planner, H13_NextTimestampIsTheFirstPacketsTime)
{
    for (const PlannerConfig &config : {videoConfig(), soundConfig()}) {
        Planner planner(config);
        const bool video = config.clockRate == 90000;
        const auto unit = video ? pictureOf({nalOf(0x65, 9)}, 12s) : soundOf(9, 12s);
        const std::uint32_t promised = planner.nextTimestamp(12s);
        EXPECT_EQ(planner.plan(unit).timestamp, promised);
    }
}

} // namespace heliograph::rtp
