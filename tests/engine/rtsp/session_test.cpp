// A session from PLAY to its end: the first packets, PAUSE, TEARDOWN, time-outs, kicks.
#include "support/rtsp_player.h"
#include "support/test_studio.h"
#include "wire/rtp/rtp_packet.h"
#include "wire/rtsp/session_header.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::RtspPlayer;

namespace {

class Session : public testing::TestWithParam<RtspPlayer::Over> {
protected:
    Session() { m_studio.addPattern("cam"); }

    std::shared_ptr<const Snapshot> waitForViewers(std::size_t count)
    {
        return m_studio.waitFor(
            [count](const Snapshot &snapshot) { return snapshot.viewers.size() == count; });
    }

    test::TestStudio m_studio;
};

rtsp::RtpInfo firstInfo(const rtsp::Response &response)
{
    const auto entries = rtsp::parseRtpInfo(response.headers.find("RTP-Info").value_or(""));
    return entries.empty() ? rtsp::RtpInfo{} : entries[0];
}

bool hasBye(const std::vector<rtcp::Report> &reports)
{
    for (const rtcp::Report &report : reports)
        if (std::holds_alternative<rtcp::Bye>(report))
            return true;
    return false;
}

// Reads until no packet has come for the time; how many came.
int drain(RtspPlayer &player, milliseconds silence)
{
    int count = 0;
    while (player.tryPacket(0, silence))
        ++count;
    return count;
}

std::string nameOf(const testing::TestParamInfo<RtspPlayer::Over> &info)
{
    return info.param == RtspPlayer::Over::Tcp ? "Tcp" : "Udp";
}

} // namespace

INSTANTIATE_TEST_SUITE_P(Over, Session,
                         testing::Values(RtspPlayer::Over::Tcp, RtspPlayer::Over::Udp), nameOf);

TEST_P(Session, R24_RtpInfoNamesTheFirstPacketsThatAreSent)
{
    RtspPlayer player(m_studio.url("cam"));
    const auto response = player.play(GetParam());
    ASSERT_EQ(200, response.status);
    EXPECT_EQ("npt=now-", response.headers.find("Range").value_or(""));
    const auto bytes = player.nextPacket(0);
    const auto packet = rtp::parsePacket(bytes);
    ASSERT_TRUE(packet);
    const rtsp::RtpInfo info = firstInfo(response);
    EXPECT_EQ(m_studio.url("cam") + "/trackID=0", info.url);
    EXPECT_EQ(info.sequence, packet->header.sequence);
    EXPECT_EQ(info.rtpTime, packet->header.timestamp);
}

TEST_P(Session, H8_H9_TheFirstPictureIsAnIdrWithItsParameterSets)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    const auto picture = player.nextPicture();
    EXPECT_TRUE(picture.keyframe);
    ASSERT_GE(picture.nals.size(), 3u);
    EXPECT_EQ(7, picture.nals[0][0] & 0x1f);
    EXPECT_EQ(8, picture.nals[1][0] & 0x1f);
    EXPECT_FALSE(picture.damaged);
}

TEST_P(Session, R28_PauseStopsPacketsAndPlayStartsAgainAtAnIdr)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    player.nextPicture();
    EXPECT_EQ(200, player.request("PAUSE").status);
    drain(player, milliseconds(200));
    EXPECT_FALSE(player.tryPacket(0, milliseconds(300)));
    EXPECT_EQ(200, player.request("PAUSE").status); // R22: a no-op
    const auto response = player.request("PLAY");
    ASSERT_EQ(200, response.status);
    const auto bytes = player.nextPacket(0);
    EXPECT_EQ(firstInfo(response).sequence, rtp::parsePacket(bytes)->header.sequence);
    EXPECT_EQ(7, rtp::parsePacket(bytes)->payload[0] & 0x1f); // an SPS: the IDR begins
}

TEST_P(Session, R26_TeardownEndsThePacketsAndTheSession)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    player.nextPicture();
    EXPECT_EQ(200, player.request("TEARDOWN").status);
    drain(player, milliseconds(200));
    EXPECT_FALSE(player.tryPacket(0, milliseconds(300)));
    EXPECT_EQ(454, player.request("TEARDOWN").status);
    waitForViewers(0);
}

TEST_P(Session, R35_KickSaysByeClosesTheConnectionAndForgetsTheSession)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    player.nextPicture();
    const auto snapshot = waitForViewers(1);
    ASSERT_TRUE(m_studio.kick(snapshot->viewers[0].id));
    bool bye = false;
    for (int i = 0; i < 5 && !bye; ++i)
        bye = hasBye(player.nextReports());
    EXPECT_TRUE(bye);
    EXPECT_TRUE(player.isClosedWithin(seconds(30)));
    RtspPlayer again(m_studio.url("cam"));
    EXPECT_EQ(454, again.request("PLAY", again.url(), {{"Session", player.session()}}).status);
    waitForViewers(0);
}

TEST_P(Session, TheViewerIsInTheTableWithLiveNumbers)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    for (int i = 0; i < 45; ++i)
        player.nextPicture();
    const auto snapshot = m_studio.waitFor([](const Snapshot &s) {
        return s.viewers.size() == 1 && s.viewers[0].framesSent > 40 && s.viewers[0].bitrate > 0;
    });
    const ViewerSnapshot &viewer = snapshot->viewers[0];
    EXPECT_EQ(GetParam() == RtspPlayer::Over::Tcp ? "TCP" : "UDP", viewer.transport);
    EXPECT_EQ("Heliograph test player", viewer.userAgent);
    EXPECT_EQ("cam", viewer.mount);
    EXPECT_EQ(0u, viewer.framesDropped);
    EXPECT_EQ(GetParam() == RtspPlayer::Over::Tcp, viewer.rttMs.has_value());
}

TEST_F(Session, R27_ClosingTheConnectionEndsATcpSessionAtOnce)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(RtspPlayer::Over::Tcp);
    waitForViewers(1);
    player.disconnect();
    waitForViewers(0);
}

TEST_F(Session, R6_RequestsAreAnsweredWhilePacketsFlow)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(RtspPlayer::Over::Tcp);
    for (int i = 0; i < 20; ++i) {
        player.nextPicture();
        EXPECT_EQ(200, player.request("GET_PARAMETER").status);
    }
}

TEST(SessionTimeout, R25_SilentUdpViewersExpireAndTouchedOnesDoNot)
{
    test::TestStudio studio({{"session_timeout", std::int64_t(3)}});
    studio.addPattern("cam");
    RtspPlayer silent(studio.url("cam"));
    RtspPlayer alive(studio.url("cam"));
    EXPECT_NE(std::string::npos,
              silent.setUp(RtspPlayer::Over::Udp, 0).headers.find("Session")->find("timeout=3"));
    silent.request("PLAY");
    alive.play(RtspPlayer::Over::Udp);
    silent.disconnect();
    for (int i = 0; i < 12; ++i) {
        EXPECT_EQ(200, alive.request("GET_PARAMETER").status);
        EXPECT_FALSE(alive.isClosedWithin(milliseconds(500)));
    }
    const auto snapshot = studio.waitFor([](const Snapshot &s) { return s.viewers.size() == 1; });
    EXPECT_EQ(Notice::Event::ViewerTimedOut, snapshot->notices.back().event);
}

TEST(SessionTimeout, R27_AUdpSessionOutlivesItsConnectionAndCanBeTornDownFromAnother)
{
    test::TestStudio studio;
    studio.addPattern("cam");
    RtspPlayer player(studio.url("cam"));
    player.play(RtspPlayer::Over::Udp);
    player.disconnect();
    for (int i = 0; i < 30; ++i)
        player.nextPicture();
    RtspPlayer again(studio.url("cam"));
    EXPECT_EQ(200, again.request("TEARDOWN", again.url(), {{"Session", player.session()}}).status);
}
