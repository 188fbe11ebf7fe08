// What a publisher sends, case by case.
#include "sources/rtmp/flv_units.h"

#include "engine/media/hex.h"
#include "engine/sources/publisher.h"
#include "wire/rtmp/hvcc.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

constexpr FlvTracks both = {rtmp::four_cc::avc, rtmp::four_cc::aac};

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

namespace {

using rtmp::PacketKind;
namespace four_cc = rtmp::four_cc;

PublishedItem pictureOf(rtmp::FourCc codec, PacketKind kind, std::vector<std::uint8_t> body,
                        int shownLater = 0)
{
    const auto head = rtmp::writeVideoHead({codec, kind, true, shownLater});
    return test::item(PublishedItem::Kind::Picture, 0, test::joined(head.span(), body));
}

} // namespace

TEST(FlvUnitsOfOtherCodecs, X3_HevcPassesNalForNal)
{
    const SystemClock clock;
    FlvUnits units({four_cc::hevc, {}}, clock);
    HevcConfig config;
    config.vps = Bytes(test::hex("40010c01ffff01600000030090000003000003003c959809"));
    config.sps =
        Bytes(test::hex("42010101600000030090000003000003003ca00a480f9c9265959a4932bc05a02000"
                        "000300200000030321"));
    config.pps = Bytes(test::hex("4401c172b46240"));
    config.info = hevc::parseSps(config.sps).value();
    const auto record = rtmp::writeHvcRecord(config);
    EXPECT_FALSE(
        units.convert(pictureOf(four_cc::hevc, PacketKind::SequenceHeader, record)).value());
    const auto idr = test::hex("2801af1d20");
    auto body = test::hex("00000005");
    body.insert(body.end(), idr.begin(), idr.end());
    const auto unit = units.convert(pictureOf(four_cc::hevc, PacketKind::Frames, body, 80)).value();
    ASSERT_TRUE(unit);
    ASSERT_EQ(4u, unit->units.size()); // behind its three sets
    EXPECT_TRUE(isEqual(idr, unit->units[3]));
    EXPECT_TRUE(unit->keyframe);
    EXPECT_EQ(unit->dts + milliseconds(80), unit->pts);
    EXPECT_EQ(322, unit->config->width());
}

TEST(FlvUnitsOfOtherCodecs, X3_PicturesThatAreNotLookedIntoPassAsTheyCame)
{
    const SystemClock clock;
    for (const auto codec : {four_cc::av1, four_cc::vp9, four_cc::vp8}) {
        FlvUnits units({codec, {}}, clock);
        units.convert(test::metadata({{"width", 640}, {"height", 360}, {"framerate", 25}})).value();
        EXPECT_FALSE(units.convert(pictureOf(codec, PacketKind::Frames, {1, 2, 3})).value());
        EXPECT_FALSE(
            units.convert(pictureOf(codec, PacketKind::SequenceHeader, {0x81, 5})).value());
        const auto unit = units.convert(pictureOf(codec, PacketKind::Frames, {1, 2, 3})).value();
        ASSERT_TRUE(unit);
        EXPECT_TRUE(unit->keyframe);
        ASSERT_EQ(1u, unit->units.size());
        EXPECT_TRUE(isEqual(std::vector<std::uint8_t>{1, 2, 3}, unit->units[0]));
        const auto &config = std::get<OpaqueConfig>(unit->config->config);
        EXPECT_TRUE(isEqual(std::vector<std::uint8_t>{0x81, 5}, config.header));
        EXPECT_EQ(640, config.width);
        EXPECT_EQ(25, config.fps);
    }
}

TEST(FlvUnitsOfOtherCodecs, X4_SequenceStartsOfSoundAreRead)
{
    const SystemClock clock;
    // OpusHead: version 1, one channel; STREAMINFO: 44100 Hz, two channels; AC-3 has none.
    const auto opus = test::hex("4f70757348656164 01 01 3801 80bb0000 0000 00");
    const auto flac = test::hex("664c6143 80000022 1000 1000 000000 000000 0ac442f0 00000000");
    struct Case {
        rtmp::FourCc codec;
        std::vector<std::uint8_t> header;
        int rate;
        int channels;
    };
    for (const Case &item :
         {Case{four_cc::opus, opus, 48000, 1}, Case{four_cc::flac, flac, 44100, 2},
          Case{four_cc::ac3, {}, 32000, 6}, Case{four_cc::eac3, {}, 32000, 6}}) {
        SCOPED_TRACE(item.codec.text());
        FlvUnits units({{}, item.codec}, clock);
        units.convert(test::metadata({{"audiosamplerate", 32000}, {"audiochannels", 6}})).value();
        if (!item.header.empty()) {
            EXPECT_FALSE(
                units.convert(test::soundItem(0, item.codec, PacketKind::Frames, {7})).value());
            units.convert(test::soundItem(0, item.codec, PacketKind::SequenceHeader, item.header))
                .value();
        }
        const auto unit =
            units.convert(test::soundItem(20, item.codec, PacketKind::Frames, {7, 8})).value();
        ASSERT_TRUE(unit);
        EXPECT_TRUE(isEqual(std::vector<std::uint8_t>{7, 8}, unit->units.at(0)));
        const auto &config = std::get<OpaqueConfig>(unit->config->config);
        EXPECT_EQ(item.rate, config.sampleRate);
        EXPECT_EQ(item.channels, config.channels);
        EXPECT_TRUE(isEqual(item.header, config.header));
    }
    FlvUnits units({{}, four_cc::opus}, clock);
    EXPECT_FALSE(
        units.convert(test::soundItem(0, four_cc::opus, PacketKind::SequenceHeader, {1, 2})));
}

TEST(FlvUnitsOfOneTrack, LeaveTheOtherOneOut)
{
    const SystemClock clock;
    FlvUnits units({rtmp::four_cc::avc, {}}, clock);
    for (const PublishedItem &item :
         {test::soundHeader(), test::sound(0), test::soundHeader({0x11, 0x90})})
        EXPECT_EQ(AccessUnitPtr(), units.convert(item).value());
}
