#include "wire/rtp/planner.h"

#include "engine/media/hex.h"
#include "engine/wire/units.h"

#include <gtest/gtest.h>

namespace heliograph::rtp {

using namespace std::chrono_literals;
using test::nalOf;
using test::pictureOf;
using test::soundOf;

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

TEST(Planner, O1_OpusGoesOnByItsOwnLengthAndMarksWhatFollowsASilence)
{
    Planner planner(soundConfig());
    const OpaqueConfig opus{.codec = OpaqueCodec::Opus};
    const std::uint8_t twentyMs = 31 << 3;
    const auto plan = [&](Timestamp at) { return planner.plan(soundOf(100, opus, twentyMs, at)); };
    const auto first = plan(10s);
    EXPECT_EQ(first.timestamp, 5000U);
    EXPECT_TRUE(first.packets[0].marker);
    const auto second = plan(10s + 23ms); // it jitters
    EXPECT_EQ(second.timestamp, 5960U);
    EXPECT_FALSE(second.packets[0].marker);
    const auto later = plan(11s);
    EXPECT_EQ(later.timestamp, 53000U);
    EXPECT_TRUE(later.packets[0].marker);
}

// Sound that was not wanted for a while: its count is not where the clock is.
TEST(Planner, H13_AfterASilenceTheClockSaysWhatComesNext)
{
    Planner planner(soundConfig());
    planner.plan(soundOf(300, 10s));
    EXPECT_EQ(planner.nextTimestamp(10s + 500ms), 5000U + 1024U);
    EXPECT_EQ(planner.nextTimestamp(3600s), planner.rtpTime(3600s));
}

} // namespace heliograph::rtp
