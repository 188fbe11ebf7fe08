#include "wire/rtmp/metadata.h"

#include <gtest/gtest.h>
#include <limits>

namespace heliograph::rtmp {

using amf0::Properties;
using amf0::Value;

namespace {

TrackList bothTracks()
{
    H264Config video;
    video.info.width = 1280;
    video.info.height = 720;
    video.fps = 30;
    video.bitrate = 2'500'000;
    AacConfig audio;
    audio.bitrate = 128'000;
    return {{TrackId::Video, 1, video}, {TrackId::Audio, 1, audio}};
}

std::optional<Metadata> metadataOf(Properties properties)
{
    return readMetadata({"onMetaData", {Value::object(std::move(properties))}});
}

} // namespace

TEST(RtmpMetadata, T13_SaysWhatPlayersAskFor)
{
    const Data data = makeMetadata(bothTracks(), "Heliograph 1.0");
    EXPECT_EQ(data.name, "onMetaData");
    ASSERT_EQ(data.values.size(), 1U);
    EXPECT_TRUE(data.values[0]
                == Value::ecmaArray({{"width", 1280},
                                     {"height", 720},
                                     {"framerate", 30},
                                     {"videocodecid", 7},
                                     {"videodatarate", 2500},
                                     {"audiocodecid", 10},
                                     {"audiosamplerate", 48000},
                                     {"audiosamplesize", 16},
                                     {"audiochannels", 2},
                                     {"stereo", true},
                                     {"audiodatarate", 128},
                                     {"encoder", "Heliograph 1.0"}}));
}

TEST(RtmpMetadata, T13_SaysNothingOfWhatIsNotThere)
{
    TrackList tracks = bothTracks();
    tracks.pop_back();
    std::get<H264Config>(tracks[0].config).fps = 0;
    std::get<H264Config>(tracks[0].config).bitrate = 0;
    const Value object = makeMetadata(tracks, "x").values[0];
    for (const char *name : {"framerate", "videodatarate", "audiocodecid", "stereo"})
        EXPECT_FALSE(object.find(name)) << name;
}

TEST(RtmpMetadata, T13_OtherCodecsAreTheirFourCcsAsNumbers)
{
    OpaqueConfig video{.codec = OpaqueCodec::Av1, .width = 640, .height = 360};
    OpaqueConfig audio{.codec = OpaqueCodec::Opus, .sampleRate = 48000, .channels = 1};
    const TrackList tracks = {{TrackId::Video, 1, video}, {TrackId::Audio, 1, audio}};
    const Value object = makeMetadata(tracks, "x").values[0];
    EXPECT_EQ(object.find("videocodecid")->number(), double(four_cc::av1.value()));
    EXPECT_EQ(object.find("width")->number(), 640);
    EXPECT_EQ(object.find("audiocodecid")->number(), double(four_cc::opus.value()));
    EXPECT_EQ(object.find("stereo")->boolean(), false);
    const TrackList hevc = {{TrackId::Video, 1, HevcConfig{}}};
    const Value other = makeMetadata(hevc, "x").values[0];
    EXPECT_EQ(other.find("videocodecid")->number(), double(four_cc::hevc.value()));
    EXPECT_FALSE(other.find("width"));
}

TEST(RtmpMetadata, T13_ReadsWhatItWrites)
{
    const auto data =
        parseData(MessageType::DataAmf0, writeData(makeMetadata(bothTracks(), "Heliograph")));
    ASSERT_TRUE(data);
    const Metadata expected{1280,    720,   30, four_cc::avc, 2'500'000, four_cc::aac,
                            128'000, 48000, 2,  "Heliograph"};
    EXPECT_EQ(readMetadata(*data), expected);
}

TEST(RtmpMetadata, TakesSettersAndBothKindsOfObjects)
{
    const Properties size = {{"width", 640}, {"height", 1}, {"height", 360}};
    Metadata expected;
    expected.width = 640;
    expected.height = 360;
    for (const Value &object : {Value::object(size), Value::ecmaArray(size)}) {
        EXPECT_EQ(readMetadata({"onMetaData", {object}}), expected);
        EXPECT_EQ(readMetadata({"@setDataFrame", {"onMetaData", object}}), expected);
    }
    EXPECT_FALSE(readMetadata({"@setDataFrame", {"onCuePoint", Value::object(size)}}));
    EXPECT_FALSE(readMetadata({"@setDataFrame", {}}));
    EXPECT_FALSE(readMetadata({"onMetaData", {}}));
    EXPECT_FALSE(readMetadata({"onTextData", {Value::object(size)}}));
}

TEST(RtmpMetadata, X5_CodecsAreNumbersOrTexts)
{
    EXPECT_EQ(metadataOf({{"videocodecid", 7}})->videoCodec, four_cc::avc);
    EXPECT_EQ(metadataOf({{"videocodecid", 12}})->videoCodec, four_cc::hevc);
    EXPECT_EQ(metadataOf({{"videocodecid", double(0x68766331)}})->videoCodec, four_cc::hevc);
    EXPECT_EQ(metadataOf({{"videocodecid", "avc1"}})->videoCodec, four_cc::avc);
    EXPECT_EQ(metadataOf({{"audiocodecid", "mp4a"}})->audioCodec, four_cc::aac);
    EXPECT_EQ(metadataOf({{"audiocodecid", 2}})->audioCodec, four_cc::mp3);
    EXPECT_EQ(metadataOf({{"audiocodecid", double(0x4f707573)}})->audioCodec, four_cc::opus);
    EXPECT_TRUE(metadataOf({{"audiocodecid", 3}})->audioCodec.isNone());
}

TEST(RtmpMetadata, NumbersThatAreNoneCountAsNotSaid)
{
    for (const double number : {-1.0, 1e300, std::numeric_limits<double>::infinity(),
                                std::numeric_limits<double>::quiet_NaN()})
        EXPECT_EQ(
            metadataOf({{"width", number}, {"videodatarate", number}, {"videocodecid", number}}),
            Metadata());
    EXPECT_EQ(metadataOf({{"width", "640"}}), Metadata());
    EXPECT_EQ(metadataOf({{"videodatarate", 2e9}})->videoBitrate, 0);
}

TEST(RtmpMetadata, StereoStandsForChannels)
{
    EXPECT_EQ(metadataOf({{"stereo", true}})->channels, 2);
    EXPECT_EQ(metadataOf({{"stereo", false}})->channels, 1);
    EXPECT_EQ(metadataOf({{"stereo", true}, {"audiochannels", 6}})->channels, 6);
}

} // namespace heliograph::rtmp
