// Requests as careless players send them: torn, folded, mixed with packets, several at a time.
#include "shared_studio.h"
#include "support/rtsp_player.h"
#include "wire/rtp/rtp_packet.h"

#include <gtest/gtest.h>
#include <set>

using namespace heliograph;
using test::field;
using test::RtspPlayer;

namespace {

class Requests : public test::SharedStudio {
protected:
    static void SetUpTestSuite()
    {
        SharedStudio::SetUpTestSuite();
        s_studio->addPattern("cam", {{"tone", std::int64_t(440)}});
        s_studio->addPattern("other");
    }
};

} // namespace

TEST_F(Requests, R2_NamesInAnyCaseFoldedDoubledAndWithBareLineEndsAreRead)
{
    for (const char *text :
         {"OPTIONS * RTSP/1.0\r\ncseq:7\r\n\r\n", "OPTIONS * RTSP/1.0\nCSEQ :  7  \n\n",
          "OPTIONS * RTSP/1.0\r\nCSeq: 7\r\nX: a,\r\n b,\r\n\tc\r\n\r\n",
          "OPTIONS * RTSP/1.0\r\nCSeq: 7\r\nCSeq: 8\r\n\r\n",
          "\r\nOPTIONS * RTSP/1.0\r\nCSeq: 7\r\n\r\n"}) {
        RtspPlayer player(url());
        player.sendRaw(text);
        const auto response = player.readResponse();
        EXPECT_EQ(200, response.status) << text;
        EXPECT_EQ("7", field(response, "CSeq")) << text;
    }
}

TEST_F(Requests, R4_TheBodyOfAnyRequestIsConsumed)
{
    RtspPlayer player(url());
    const std::string trap = "OPTIONS * RTSP/1.0\r\nCSeq: 666\r\n\r\n";
    for (const char *method : {"GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE", "JUGGLE"}) {
        EXPECT_NE("666", field(player.request(method, url(), {}, trap), "CSeq")) << method;
        EXPECT_EQ(200, player.request("OPTIONS").status) << method;
    }
}

TEST_F(Requests, R5_PacketsBetweenRequestsAndEveryTearAreTaken)
{
    const std::string packet =
        std::string("$\x01\x00\x08", 4) + std::string("\x80\xc9\x00\x01\x00\x00\x00\x07", 8);
    const std::string bytes = packet + "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n" + packet + packet
        + "OPTIONS * RTSP/1.0\r\nCSeq: 2\r\n\r\n" + packet;
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        RtspPlayer player(url());
        player.sendRaw(bytes.substr(0, cut));
        player.sendRaw(bytes.substr(cut));
        EXPECT_EQ("1", field(player.readResponse(), "CSeq")) << cut;
        EXPECT_EQ("2", field(player.readResponse(), "CSeq")) << cut;
    }
}

// The reader of the player breaks off at a byte that is neither a reply nor a frame.
TEST_F(Requests, R7_TheReplyToPlayComesFirstAndNoReplyIsInsideAFrame)
{
    RtspPlayer player(url());
    player.setUp(RtspPlayer::Over::Tcp, 0);
    player.setUp(RtspPlayer::Over::Tcp, 1);
    player.sendRaw("PLAY " + url() + " RTSP/1.0\r\nCSeq: 50\r\nSession: " + player.session()
                   + "\r\n\r\n");
    EXPECT_FALSE(player.hasFrames());
    EXPECT_EQ(200, player.readResponse().status);
    for (int i = 0; i < 200; ++i) {
        player.sendRaw("GET_PARAMETER " + url() + " RTSP/1.0\r\nCSeq: " + std::to_string(100 + i)
                       + "\r\nSession: " + player.session() + "\r\n\r\n");
        EXPECT_EQ(std::to_string(100 + i), field(player.readResponse(), "CSeq"));
    }
    EXPECT_TRUE(rtp::parsePacket(player.nextPacket(0)));
}

TEST_F(Requests, R20_ASecondSetupAddsItsTrackAndAnotherMountIsRefused)
{
    RtspPlayer player(url());
    const auto first = player.setUp(RtspPlayer::Over::Tcp, 0);
    const auto second = player.setUp(RtspPlayer::Over::Tcp, 1);
    EXPECT_EQ(field(first, "Session"), field(second, "Session"));
    EXPECT_EQ(459,
              player
                  .request("SETUP", url("other") + "/trackID=0",
                           {{"Transport", "RTP/AVP/TCP;unicast;interleaved=4-5"}})
                  .status);
    EXPECT_EQ(200, player.request("PLAY").status);
    EXPECT_FALSE(player.nextPacket(0).empty()); // both flow in the one session
    EXPECT_FALSE(player.nextPacket(2).empty());
}

// Two sessions on one connection: each has its channels, one may end and the other goes on.
TEST_F(Requests, R20_SetupWithoutASessionMakesAnotherOneOnTheSameConnection)
{
    RtspPlayer player(url());
    const auto setUp = [&](const std::string &mount, const char *channels) {
        const auto response = player.request(
            "SETUP", url(mount) + "/trackID=0",
            {{"Transport", std::string("RTP/AVP/TCP;unicast;interleaved=") + channels}});
        const std::string header = field(response, "Session");
        return RtspPlayer::Fields{{"Session", header.substr(0, header.find(';'))}};
    };
    const auto first = setUp("cam", "0-1");
    const auto second = setUp("other", "2-3");
    EXPECT_NE(first[0].second, second[0].second);
    EXPECT_EQ(200, player.request("PLAY", url("cam"), first).status);
    EXPECT_EQ(200, player.request("PLAY", url("other"), second).status);
    const auto pictureOn = [&](int channel) {
        return rtp::parsePacket(player.nextPacket(channel)).has_value();
    };
    EXPECT_TRUE(pictureOn(0) && pictureOn(2));
    EXPECT_EQ(200, player.request("TEARDOWN", url("cam"), first).status);
    for (int i = 0; i < 20; ++i)
        EXPECT_TRUE(pictureOn(2));
}

TEST_F(Requests, R21_SessionIdsAreLongRandomAndMayComeBackWithTheirTimeout)
{
    std::set<std::string> ids;
    for (int i = 0; i < 20; ++i) {
        RtspPlayer player(url());
        const std::string header = field(player.setUp(RtspPlayer::Over::Tcp, 0), "Session");
        EXPECT_NE(std::string::npos, header.find(";timeout=60"));
        const std::string id = header.substr(0, header.find(';'));
        EXPECT_GE(id.size(), 16u); // 64 bits in hexadecimal at least
        ids.insert(id);
        EXPECT_EQ(200, player.request("GET_PARAMETER", url(), {{"Session", header}}).status);
    }
    EXPECT_EQ(20u, ids.size());
}

// From another address a session does not exist (127.0.0.2 is another one).
TEST_F(Requests, R23_AnotherAddressCannotTouchASession)
{
    RtspPlayer owner(url());
    owner.play(RtspPlayer::Over::Udp);
    RtspPlayer stranger(url(), "127.0.0.2");
    for (const char *method : {"PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER"})
        EXPECT_EQ(454, stranger.request(method, url(), {{"Session", owner.session()}}).status)
            << method;
    owner.nextPicture();
}

TEST_F(Requests, R38_HeadersThatChangeNothingForALiveStreamAreTolerated)
{
    RtspPlayer player(url());
    player.setUp(RtspPlayer::Over::Tcp, 0);
    const auto response = player.request("PLAY", url(),
                                         {{"Scale", "2.0"},
                                          {"Speed", "4.0"},
                                          {"Blocksize", "1000"},
                                          {"Bandwidth", "100"},
                                          {"Range", "npt=10-20"}});
    EXPECT_EQ(200, response.status);
    EXPECT_EQ("1", field(response, "Scale"));
    EXPECT_EQ("npt=now-", field(response, "Range"));
}
