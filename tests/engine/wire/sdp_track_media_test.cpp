#include "wire/sdp/track_media.h"

#include "engine/media/cases/sps_cases.h"
#include "engine/media/hex.h"
#include "media/aac.h"

#include <gtest/gtest.h>

namespace heliograph::sdp {

using test::hex;
using test::vectorOf;

namespace {

Track videoTrack(const std::string &sps)
{
    H264Config config;
    config.sps = Bytes(hex(sps));
    config.pps = Bytes(hex("68cb83cb20"));
    config.info = *h264::parseSps(config.sps);
    config.fps = 30;
    config.bitrate = 2'500'001;
    Track track;
    track.config = config;
    return track;
}

Track soundTrack(int rate, int channels, const std::string &config)
{
    Track track;
    track.id = TrackId::Audio;
    track.config = AacConfig{Bytes(hex(config)), rate, channels, 128000};
    return track;
}

} // namespace

TEST(TrackMedia, H11_S4_DescribesH264)
{
    const Media media =
        describe(videoTrack("6742c01ed900a02ff97011000003000100000300320f162e48"), 96, "trackID=0");
    EXPECT_EQ(media.kind, "video");
    EXPECT_EQ(media.payloadType, 96);
    EXPECT_EQ(media.encoding, "H264");
    EXPECT_EQ(media.clockRate, 90000);
    EXPECT_EQ(media.channels, 0);
    EXPECT_EQ(media.format,
              "packetization-mode=1; profile-level-id=42C01E; "
              "sprop-parameter-sets=Z0LAHtkAoC/5cBEAAAMAAQAAAwAyDxYuSA==,aMuDyyA=");
    EXPECT_EQ(media.control, "trackID=0");
    EXPECT_EQ(media.framerate, 30);
    EXPECT_EQ(media.bandwidthKbit, 2501);
}

TEST(TrackMedia, NamesAllParameterSetsWhereThereAreSeveral)
{
    Track track = videoTrack("6742c01ed900a02ff97011000003000100000300320f162e48");
    std::get<H264Config>(track.config).moreSets = {Bytes(hex("684b83cb20"))};
    EXPECT_TRUE(describe(track, 96, "trackID=0").format.ends_with(",aMuDyyA=,aEuDyyA="));
}

TEST(TrackMedia, A1_S4_DescribesAac)
{
    const Media media = describe(soundTrack(44100, 1, "1208"), 97, "trackID=1");
    EXPECT_EQ(media.kind, "audio");
    EXPECT_EQ(media.encoding, "mpeg4-generic");
    EXPECT_EQ(media.clockRate, 44100);
    EXPECT_EQ(media.channels, 1);
    EXPECT_EQ(media.parameter("streamtype"), "5");
    EXPECT_TRUE(media.parameter("profile-level-id"));
    EXPECT_EQ(media.parameter("mode"), "AAC-hbr");
    EXPECT_EQ(media.parameter("sizelength"), "13");
    EXPECT_EQ(media.parameter("indexlength"), "3");
    EXPECT_EQ(media.parameter("indexdeltalength"), "3");
    EXPECT_EQ(media.parameter("config"), "1208");
}

// What rtpmap says is what a player reads out of the configuration, too: the core's.
TEST(TrackMedia, A3_TheRateAndTheChannelsOfHeAacAreThoseOfItsConfiguration)
{
    struct Case {
        const char *bytes;
        const char *map;
        const char *config;
    };
    for (const Case &each : std::initializer_list<Case>{
             {"2b118800", "a=rtpmap:97 mpeg4-generic/24000/2\r\n", "config=2B118800"},
             {"2b920800", "a=rtpmap:97 mpeg4-generic/22050/2\r\n", "config=2B920800"},
             {"eb098800", "a=rtpmap:97 mpeg4-generic/24000/1\r\n", "config=EB098800"}}) {
        const auto config = readAudioSpecificConfig(Bytes(hex(each.bytes)));
        ASSERT_TRUE(config);
        Session session;
        session.media.push_back(describe({TrackId::Audio, 1, *config}, 97, "trackID=1"));
        const std::string text = write(session);
        EXPECT_NE(text.find(each.map), text.npos) << text;
        EXPECT_NE(text.find(each.config), text.npos) << text;
    }
}

// RFC 7798 section 7.1.
TEST(TrackMedia, E2_E5_DescribesH265)
{
    HevcConfig config;
    config.vps = Bytes(hex("40010c"));
    config.sps = Bytes(hex("420101"));
    config.pps = Bytes(hex("4401c1"));
    config.moreSets = {Bytes(hex("4401c2"))};
    config.bitrate = 1'000'000;
    const Media media = describe({TrackId::Video, 1, config}, 96, "trackID=0");
    EXPECT_EQ(media.encoding, "H265");
    EXPECT_EQ(media.clockRate, 90000);
    EXPECT_EQ(media.format, "sprop-vps=QAEM; sprop-sps=QgEB; sprop-pps=RAHB,RAHC");
    EXPECT_EQ(media.bandwidthKbit, 1000);
}

TEST(TrackMedia, O1_DescribesOpusAlwaysAsTwoChannelsOf48000)
{
    OpaqueConfig config{.codec = OpaqueCodec::Opus, .sampleRate = 16000, .channels = 1};
    Media media = describe({TrackId::Audio, 1, config}, 97, "trackID=1");
    EXPECT_EQ(media.kind, "audio");
    EXPECT_EQ(media.encoding, "opus");
    EXPECT_EQ(media.clockRate, 48000);
    EXPECT_EQ(media.channels, 2);
    EXPECT_EQ(media.format, "");
    config.channels = 2;
    media = describe({TrackId::Audio, 1, config}, 97, "trackID=1");
    EXPECT_EQ(media.format, "sprop-stereo=1");
}

TEST(TrackMedia, G1_DescribesG711)
{
    const OpaqueConfig config{.codec = OpaqueCodec::Pcma, .sampleRate = 8000, .channels = 1};
    const Media media = describe({TrackId::Original, 1, config}, 8, "trackID=3");
    EXPECT_EQ(media.kind, "audio");
    EXPECT_EQ(media.payloadType, 8);
    EXPECT_EQ(media.encoding, "PCMA");
    EXPECT_EQ(media.clockRate, 8000);
    EXPECT_EQ(media.channels, 1);
}

TEST(TrackMedia, H11_ParameterSetsComeBackThroughTheText)
{
    for (const test::SpsCase &item : test::spsCases()) {
        SCOPED_TRACE(item.name);
        const Track track = videoTrack(item.hex);
        Session session;
        session.media.push_back(describe(track, 96, "trackID=0"));
        const auto parsed = parse(write(session));
        ASSERT_TRUE(parsed);
        const auto config = readH264(parsed->media[0]);
        ASSERT_TRUE(config) << config.error().detail;
        EXPECT_EQ(vectorOf(config->sps), hex(item.hex));
        EXPECT_EQ(vectorOf(config->pps), hex("68cb83cb20"));
        EXPECT_EQ(config->info.width, item.width);
        EXPECT_EQ(config->fps, 30);
        EXPECT_EQ(config->bitrate, 2'501'000);
    }
}

TEST(TrackMedia, RefusesWhatHoldsNoParameterSets)
{
    Media media;
    media.encoding = "H265";
    EXPECT_EQ(readH264(media).error().code, ErrorCode::Unsupported);
    media.encoding = "h264";
    EXPECT_EQ(readH264(media).error().code, ErrorCode::Malformed);
    media.format = "sprop-parameter-sets=aMuDyyA="; // a PPS alone
    EXPECT_EQ(readH264(media).error().code, ErrorCode::Malformed);
    media.format = "sprop-parameter-sets=Z0L!";
    EXPECT_EQ(readH264(media).error().code, ErrorCode::Malformed);
    media.format = "sprop-parameter-sets=Z0LA"; // cut off
    EXPECT_EQ(readH264(media).error().code, ErrorCode::Malformed);
}

} // namespace heliograph::sdp
