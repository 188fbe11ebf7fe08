// Sources change and everything ends, with viewers watching.
#include "outputs/rtsp/connection.h"
#include "outputs/rtsp/session.h"
#include "sources/runner.h"
#include "stream/stream.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"

#include <fstream>
#include <gtest/gtest.h>

using namespace heliograph;
using test::RtspPlayer;

namespace {

SourceConfig configOf(test::TestStudio &studio)
{
    return studio.freshSnapshot()->sources.at(0).config;
}

h264::SpsInfo spsOf(const rtp::ReceivedUnit &picture)
{
    return h264::parseSps(picture.nals.at(0)).value();
}

} // namespace

TEST(Life, BitrateAndRateChangeWithoutLosingAViewer)
{
    test::TestStudio studio;
    const SourceId id = studio.addPattern(
        "cam", {{"pattern", std::string("snow")}, {"bitrate", std::int64_t(3000)}});
    RtspPlayer player(studio.url("cam"));
    player.play(RtspPlayer::Over::Tcp);
    const auto bytesOf = [&](int pictures) {
        std::size_t bytes = 0;
        for (int i = 0; i < pictures; ++i)
            for (const auto &nal : player.nextPicture().nals)
                bytes += nal.size();
        return bytes;
    };
    const std::size_t rich = bytesOf(60);
    SourceConfig config = configOf(studio);
    config.settings["bitrate"] = std::int64_t(300);
    ASSERT_TRUE(studio.change(id, config));
    bytesOf(60); // the rate control settles
    EXPECT_LT(bytesOf(60), rich / 2);
    EXPECT_EQ(0u, player.depacketizer().lostPackets());
}

TEST(Life, AnotherSizeComesInBandWithNewParameterSets)
{
    test::TestStudio studio;
    const SourceId id = studio.addPattern("cam");
    RtspPlayer player(studio.url("cam"));
    player.play(RtspPlayer::Over::Tcp);
    EXPECT_EQ(320, spsOf(player.nextPicture()).width);
    SourceConfig config = configOf(studio);
    config.settings["size"] = std::string("640x360");
    ASSERT_TRUE(studio.change(id, config));
    for (int i = 0; i < 300; ++i) {
        const auto picture = player.nextPicture();
        if (picture.keyframe && spsOf(picture).width == 640)
            return;
    }
    FAIL() << "the new size never came";
}

TEST(Life, WhatViewersSeeOfALossChangesUnderThem)
{
    test::TestStudio studio;
    const SourceId id = studio.addPattern("cam");
    RtspPlayer player(studio.url("cam"));
    player.play(RtspPlayer::Over::Tcp);
    player.nextPicture();
    const auto before = studio.waitFor([](const Snapshot &s) { return s.viewers.size() == 1; });
    PublishConfig config = before->sources.at(0).publish;
    config.whileLost = WhileLost::LastPicture;
    config.rests = false;
    ASSERT_TRUE(studio.tryPublish(id, config));
    const auto after =
        studio.waitFor([&](const Snapshot &s) { return s.sources.at(0).publish == config; });
    ASSERT_EQ(1u, after->viewers.size());
    EXPECT_EQ(before->viewers[0].id, after->viewers[0].id);
    player.nextPicture();
}

TEST(Life, UnpublishSaysByeAndTheMountIsGone)
{
    test::TestStudio studio;
    const SourceId id = studio.addPattern("cam");
    RtspPlayer player(studio.url("cam"));
    player.play(RtspPlayer::Over::Tcp);
    player.nextPicture();
    studio->unpublish(id, nullptr);
    EXPECT_TRUE(player.isClosedWithin(std::chrono::seconds(30)));
    RtspPlayer again(studio.url("cam"));
    EXPECT_EQ(404, again.request("DESCRIBE").status);
}

TEST(Life, R36_StopTellsEveryViewerAndNothingLivesOn)
{
    {
        test::TestStudio studio;
        studio.addPattern("cam", {{"tone", std::int64_t(440)}});
        RtspPlayer tcp(studio.url("cam"));
        RtspPlayer udp(studio.url("cam"));
        tcp.play(RtspPlayer::Over::Tcp);
        udp.play(RtspPlayer::Over::Udp);
        tcp.nextPicture();
        udp.nextPicture();
        studio->stop();
        const auto saysBye = [](RtspPlayer &player) {
            for (int i = 0; i < 5; ++i)
                for (const rtcp::Report &report : player.nextReports())
                    if (std::holds_alternative<rtcp::Bye>(report))
                        return true;
            return false;
        };
        EXPECT_TRUE(saysBye(tcp));
        EXPECT_TRUE(saysBye(udp));
        EXPECT_TRUE(tcp.isClosedWithin(std::chrono::seconds(30)));
    }
    EXPECT_EQ(0, rtsp::Session::living());
    EXPECT_EQ(0, rtsp::Connection::living());
    EXPECT_EQ(0, Stream::living());
    EXPECT_EQ(0, Runner::living());
}

TEST(Life, AFeedIsPassedThroughUntouched)
{
    test::TestStudio studio;
    const auto feed = studio.openFeed("feed");
    EXPECT_EQ(ErrorCode::Malformed, feed->push({{}, {}}).error().code);
    // SPS, PPS and an IDR slice of a real 320x240 x264 stream's start.
    std::vector<std::uint8_t> sets = {0,    0, 0, 1, 0x67, 0x42, 0xc0, 0x0d, 0xda, 0x05, 0x07, 0xe8,
                                      0x40, 0, 0, 3, 0,    0x40, 0,    0,    0x0f, 0x23, 0xc5, 0x0a,
                                      0xa8, 0, 0, 0, 1,    0x68, 0xce, 0x0f, 0xc8};
    std::vector<std::uint8_t> picture = sets;
    const std::vector<std::uint8_t> slice = {0x65, 0x88, 0x84, 0x05, 0xff, 0x11, 0x22, 0x33};
    picture.insert(picture.end(), {0, 0, 1});
    picture.insert(picture.end(), slice.begin(), slice.end());
    ASSERT_TRUE(feed->push({picture, std::chrono::steady_clock::now().time_since_epoch()}));
    studio.waitFor([](const Snapshot &s) { return !s.streams.empty() && s.streams[0].ready; });
    RtspPlayer player(studio.url("feed"));
    player.play(RtspPlayer::Over::Tcp);
    const auto unit = player.nextPicture(); // out of the cached GOP: nothing else is pushed
    EXPECT_TRUE(unit.keyframe);
    ASSERT_EQ(3u, unit.nals.size());
    EXPECT_EQ(slice, unit.nals[2]);
}

TEST(Life, AddingABadSourceIsRefusedInWords)
{
    test::TestStudio studio;
    EXPECT_THROW(studio.add("pattern", "cam", {{"fps", 1000.0}}), std::runtime_error);
    EXPECT_THROW(studio.add("nothing", "cam", {}), std::runtime_error);
    EXPECT_THROW(studio.add("pattern", "cam", {{"typo", true}}), std::runtime_error);
}
