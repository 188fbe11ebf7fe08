// What a publisher sends, case by case.
#include "sources/rtmp/flv_units.h"

#include "engine/sources/publisher.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

constexpr std::array both = {TrackId::Video, TrackId::Audio};

class FlvUnitsTest : public testing::Test {
protected:
    AccessUnitPtr convert(const PublishedItem &item)
    {
        auto unit = m_units.convert(item);
        EXPECT_TRUE(unit) << unit.error().detail;
        return unit ? *unit : AccessUnitPtr();
    }

    const SystemClock m_clock;
    FlvUnits m_units{both, m_clock};
};

bool isEqual(ByteSpan a, ByteSpan b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

} // namespace

TEST_F(FlvUnitsTest, PicturesPassNalForNalWithoutACopy)
{
    convert(test::begin());
    EXPECT_FALSE(convert(test::pictureHeader()));
    const auto sei = std::vector<std::uint8_t>{6, 5, 1, 0, 0x80};
    const auto sent = test::picture(1000, {{9, 0xf0}, sei, test::slice(0x65, 100)}, 80);
    const auto unit = convert(sent);
    ASSERT_TRUE(unit);
    ASSERT_EQ(4u, unit->units.size()); // the delimiter is gone, the sets are in front
    const H264Config config = test::pictureConfig();
    EXPECT_TRUE(isEqual(config.sps, unit->units[0]));
    EXPECT_TRUE(isEqual(config.pps, unit->units[1]));
    EXPECT_TRUE(isEqual(sei, unit->units[2]));
    EXPECT_TRUE(isEqual(test::slice(0x65, 100), unit->units[3]));
    EXPECT_GE(unit->units[3].data(), sent.body.data());
    EXPECT_LT(unit->units[3].data(), sent.body.data() + sent.body.size());
    EXPECT_TRUE(unit->keyframe);
    EXPECT_EQ(sent.arrived, unit->dts);
    EXPECT_EQ(sent.arrived + milliseconds(80), unit->pts);
    EXPECT_EQ(320, std::get<H264Config>(unit->config->config).info.width);
    EXPECT_FALSE(convert(test::otherPicture(1040))->keyframe);
}

TEST_F(FlvUnitsTest, SoundPassesFrameForFrame)
{
    convert(test::begin());
    EXPECT_FALSE(convert(test::sound(0))); // its configuration has not come yet
    EXPECT_FALSE(convert(test::soundHeader()));
    const auto unit = convert(test::sound(23));
    ASSERT_TRUE(unit);
    EXPECT_EQ(TrackId::Audio, unit->track);
    EXPECT_TRUE(unit->keyframe);
    ASSERT_EQ(1u, unit->units.size());
    EXPECT_TRUE(isEqual(std::vector<std::uint8_t>{0x21, 0x10, 0x04}, unit->units[0]));
    const auto &config = std::get<AacConfig>(unit->config->config);
    EXPECT_EQ(44100, config.sampleRate);
    EXPECT_EQ(2, config.channels);
    EXPECT_FALSE(convert(test::soundHeader())); // told again
    EXPECT_EQ(unit->config, convert(test::sound(46))->config);
}

TEST_F(FlvUnitsTest, ARepeatedHeaderChangesNothingAndAnotherOneMakesAnotherTrack)
{
    convert(test::pictureHeader());
    const auto first = convert(test::keyframe(0));
    convert(test::pictureHeader());
    const auto second = convert(test::keyframe(40));
    EXPECT_EQ(first->config, second->config);
    EXPECT_EQ(3u, second->units.size());
    convert(test::pictureHeader(31));
    const auto third = convert(test::keyframe(80));
    ASSERT_EQ(3u, third->units.size());
    EXPECT_EQ(31, third->units[0][3]);
    EXPECT_EQ(31, std::get<H264Config>(third->config->config).info.level);
    EXPECT_GT(third->config->configVersion, first->config->configVersion);
}

TEST_F(FlvUnitsTest, TheMetadataTellsWhatTheSetsDoNot)
{
    convert(test::metadata({{"framerate", 25}, {"videodatarate", 2500}, {"audiodatarate", 160}}));
    convert(test::pictureHeader());
    convert(test::soundHeader());
    const auto unit = convert(test::keyframe(0));
    EXPECT_EQ(25, std::get<H264Config>(unit->config->config).fps);
    EXPECT_EQ(2500000, std::get<H264Config>(unit->config->config).bitrate);
    EXPECT_EQ(160000, std::get<AacConfig>(convert(test::sound(0))->config->config).bitrate);
    convert(test::metadata({{"framerate", 25}, {"videodatarate", 2500}}));
    EXPECT_EQ(unit->config, convert(test::keyframe(40))->config);
}

TEST_F(FlvUnitsTest, WhatIsNoFrameIsSkipped)
{
    using Kind = PublishedItem::Kind;
    convert(test::pictureHeader());
    convert(test::soundHeader());
    const std::vector<std::uint8_t> endOfPictures = {0x17, 2, 0, 0, 0};
    const std::vector<std::uint8_t> seek = {0x57, 0};
    for (const auto &body : {std::vector<std::uint8_t>(), endOfPictures, seek})
        EXPECT_FALSE(convert(test::item(Kind::Picture, 0, Bytes::copyOf(body))));
    EXPECT_FALSE(convert(test::item(Kind::Sound)));
    EXPECT_FALSE(convert(test::soundItem(0, rtmp::four_cc::aac, rtmp::PacketKind::Frames, {})));
    EXPECT_FALSE(convert(test::picture(0, {{9, 0xf0}})));
    EXPECT_FALSE(convert(test::item(Kind::Data, 0, Bytes({1, 2, 3}))));
}

TEST_F(FlvUnitsTest, BrokenOnesAreToldAbout)
{
    convert(test::pictureHeader());
    const std::vector<std::uint8_t> pastTheEnd = {0x27, 1, 0, 0, 0, 0, 0, 0, 9, 0x41};
    const std::vector<std::uint8_t> record = {0x17, 0, 0, 0, 0, 1, 2};
    for (const auto &body : {pastTheEnd, record}) {
        const auto unit =
            m_units.convert(test::item(PublishedItem::Kind::Picture, 0, Bytes::copyOf(body)));
        ASSERT_FALSE(unit);
        EXPECT_EQ(ErrorCode::Malformed, unit.error().code);
    }
}

TEST_F(FlvUnitsTest, ATrackThatGoesOnAsAnotherOneMustBeginAnew)
{
    convert(test::soundHeader());
    const auto head =
        rtmp::writeVideoHead({rtmp::four_cc::hevc, rtmp::PacketKind::SequenceHeader, true});
    for (const PublishedItem &item :
         {test::soundHeader({0x11, 0x90}),
          test::soundItem(0, rtmp::four_cc::opus, rtmp::PacketKind::Frames, {1, 2, 3}),
          test::item(PublishedItem::Kind::Picture, 0, Bytes::copyOf(head.span()))}) {
        const auto unit = m_units.convert(item);
        ASSERT_FALSE(unit);
        EXPECT_EQ(ErrorCode::ConnectionLost, unit.error().code);
    }
}

TEST(FlvUnitsOfOneTrack, LeaveTheOtherOneOut)
{
    const SystemClock clock;
    FlvUnits units(std::array{TrackId::Video}, clock);
    for (const PublishedItem &item :
         {test::soundHeader(), test::sound(0), test::soundHeader({0x11, 0x90})})
        EXPECT_EQ(AccessUnitPtr(), units.convert(item).value());
}
