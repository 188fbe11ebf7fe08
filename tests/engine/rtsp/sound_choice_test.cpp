// "?audio=": one capture, heard as AAC or as Opus (RFC 7587), by RTSP's rules.
#include "support/bare_server.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"
#include "wire/rtp/rtp_packet.h"
#include "wire/rtsp/session_header.h"
#include "wire/sdp/sdp.h"

#include <gtest/gtest.h>
#include <thread>

using namespace heliograph;
using test::RtspPlayer;

namespace {

constexpr int opusTrack = 2;

class SoundChoice : public testing::TestWithParam<RtspPlayer::Over> {
protected:
    SoundChoice()
    {
        m_studio.addPattern("cam", {{"tone", std::int64_t(440)}, {"size", std::string("320x240")}});
    }

    rtsp::Response describe(const std::string &query)
    {
        RtspPlayer player(m_studio.url("cam") + query);
        return player.request("DESCRIBE");
    }

    // PLAY's reply.
    static rtsp::Response playOpus(RtspPlayer &player, RtspPlayer::Over over)
    {
        EXPECT_EQ(200, player.request("DESCRIBE").status);
        EXPECT_EQ(200, player.setUp(over, 0).status);
        EXPECT_EQ(200, player.setUp(over, opusTrack).status);
        return player.request("PLAY");
    }

    test::TestStudio m_studio;
};

std::vector<std::string> encodings(const rtsp::Response &response)
{
    std::vector<std::string> names;
    const sdp::Session described = sdp::parse(response.body).value();
    for (const sdp::Media &media : described.media)
        names.push_back(media.encoding);
    return names;
}

std::uint16_t firstSequence(const rtsp::Response &response, std::size_t track)
{
    const auto info = rtsp::parseRtpInfo(response.headers.find("RTP-Info").value_or(""));
    return info.at(track).sequence;
}

} // namespace

INSTANTIATE_TEST_SUITE_P(Over, SoundChoice,
                         testing::Values(RtspPlayer::Over::Tcp, RtspPlayer::Over::Udp));

TEST_F(SoundChoice, EachIsDescribedToWhoAsksForIt)
{
    using Names = std::vector<std::string>;
    EXPECT_EQ(encodings(describe("")), (Names{"H264", "mpeg4-generic"}));
    EXPECT_EQ(encodings(describe("?token=1&audio=AAC")), (Names{"H264", "mpeg4-generic"}));
    EXPECT_EQ(encodings(describe("?audio=opus")), (Names{"H264", "opus"}));
    EXPECT_EQ(encodings(describe("?audio=")), (Names{"H264", "mpeg4-generic"}));
}

TEST_F(SoundChoice, WhatIsNotThereIsRefusedWithWhatIs)
{
    const auto response = describe("?audio=pcmu");
    EXPECT_EQ(404, response.status);
    EXPECT_EQ("Not Found: this stream has no such sound; it has aac, opus", response.reason);
}

// A mount of one track may be set up by its own URL (R13): it is the track that was described.
TEST(SoundChoiceOfOneTrack, R13_SetupOfTheWholeMountLooksAtItToo)
{
    test::BareServer engine;
    engine.addStream("cam");
    const auto statusOf = [&](const std::string &query) {
        const auto peer = engine.connect();
        peer->open->receive(test::requestText("SETUP", "rtsp://h/cam" + query, 1,
                                              "Transport: RTP/AVP/TCP;interleaved=0-1\r\n"));
        engine.pass(std::chrono::milliseconds(250));
        return peer->sent.substr(0, peer->sent.find("\r\n"));
    };
    EXPECT_EQ("RTSP/1.0 200 OK", statusOf(""));
    EXPECT_EQ("RTSP/1.0 404 Not Found", statusOf("?audio=opus"));
}

TEST_P(SoundChoice, O1_O2_H13_OpusPacketsAreOf20MillisecondsFromWhereRtpInfoSays)
{
    RtspPlayer player(m_studio.url("cam") + "?audio=opus");
    const auto reply = playOpus(player, GetParam());
    ASSERT_EQ(200, reply.status);
    const auto info = rtsp::parseRtpInfo(reply.headers.find("RTP-Info").value_or(""));
    ASSERT_EQ(2u, info.size());
    std::uint32_t due = 0;
    int spurts = 0;
    for (int i = 0; i < 50; ++i) {
        const auto bytes = player.nextPacket(2 * opusTrack);
        const auto packet = rtp::parsePacket(bytes);
        ASSERT_TRUE(packet);
        const rtp::Header &header = packet->header;
        if (i == 0) {
            EXPECT_EQ(info[1].sequence, header.sequence);
            EXPECT_GE(std::int32_t(header.timestamp - info[1].rtpTime), 0);
        }
        // The first one may be out of the cached GOP: that which was made to be described.
        if (i > 0 && !header.marker) {
            EXPECT_EQ(due, header.timestamp) << i;
        }
        spurts += header.marker;
        due = header.timestamp + 960;
    }
    EXPECT_LE(spurts, 2);
    // RFC 3550 section 6.4.1: both tracks tell the time.
    EXPECT_TRUE(
        std::holds_alternative<rtcp::SenderReport>(player.nextReports(2 * opusTrack + 1).at(0)));
}

TEST_F(SoundChoice, OpusIsMadeOnlyWhileSomebodyListens)
{
    const auto listen = [this] {
        RtspPlayer player(m_studio.url("cam") + "?audio=opus");
        const std::uint16_t first = firstSequence(playOpus(player, RtspPlayer::Over::Tcp), 1);
        player.nextPacket(2 * opusTrack);
        player.request("TEARDOWN");
        return first;
    };
    const auto untilNobodyListens = [this] {
        m_studio.waitFor([](const Snapshot &s) { return s.viewers.empty(); });
        m_studio.freshSnapshot(); // the encoder is told with one
    };
    const std::uint16_t before = listen();
    untilNobodyListens();
    std::this_thread::sleep_for(std::chrono::seconds(2)); // 100 packets, if they were made
    EXPECT_LT(std::uint16_t(listen() - before), 60);
}
