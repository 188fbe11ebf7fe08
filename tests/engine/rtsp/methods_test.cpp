// What a player asks and what it is told (RFC 2326), over a real socket.
#include "shared_studio.h"
#include "support/rtsp_player.h"
#include "wire/sdp/sdp.h"

#include <gtest/gtest.h>

using namespace heliograph;
using test::field;
using test::RtspPlayer;

namespace {

class Methods : public test::SharedStudio {
protected:
    static void SetUpTestSuite()
    {
        SharedStudio::SetUpTestSuite();
        s_studio->addPattern("cam");
    }
};

} // namespace

TEST_F(Methods, R1_RepliesEchoTheCseqAndAMissingOneIs400WithoutLosingTheConnection)
{
    RtspPlayer player(url());
    player.sendRaw("OPTIONS * RTSP/1.0\r\nCSeq: 00042\r\n\r\n");
    EXPECT_EQ("00042", field(player.readResponse(), "CSeq"));
    player.sendRaw("OPTIONS * RTSP/1.0\r\n\r\n");
    EXPECT_EQ(400, player.readResponse().status);
    EXPECT_EQ(200, player.request("OPTIONS").status);
}

TEST_F(Methods, R8_OptionsListsWhatWorksForStarRootAndUnknownPaths)
{
    RtspPlayer player(url());
    for (const std::string &target : {std::string("*"), s_studio->url(""), url("nothing")}) {
        const auto response = player.request("OPTIONS", target);
        EXPECT_EQ(200, response.status) << target;
        EXPECT_EQ("OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER",
                  field(response, "Public"));
    }
}

TEST_F(Methods, R9_UnknownMethodIs501AndKnownButForbiddenIs405)
{
    RtspPlayer player(url());
    EXPECT_EQ(501, player.request("JUGGLE").status);
    const auto response = player.request("ANNOUNCE");
    EXPECT_EQ(405, response.status);
    EXPECT_NE("", field(response, "Allow"));
    EXPECT_EQ(200, player.request("OPTIONS").status);
}

TEST_F(Methods, R10_UnknownRequirementIs551AndNamed)
{
    RtspPlayer player(url());
    const auto response =
        player.request("DESCRIBE", url(), {{"Require", "www.onvif.org/ver20/backchannel"}});
    EXPECT_EQ(551, response.status);
    EXPECT_EQ("www.onvif.org/ver20/backchannel", field(response, "Unsupported"));
}

TEST_F(Methods, R11_UnknownMountIs404AndAnotherBodyTypeIs406)
{
    RtspPlayer player(url());
    EXPECT_EQ(404, player.request("DESCRIBE", url("nothing")).status);
    EXPECT_EQ(404,
              player
                  .request("SETUP", url("nothing") + "/trackID=0",
                           {{"Transport", "RTP/AVP/TCP;interleaved=0-1"}})
                  .status);
    EXPECT_EQ(406, player.request("DESCRIBE", url(), {{"Accept", "text/plain"}}).status);
}

TEST_F(Methods, R12_DescribeCarriesABaseWithATrailingSlashAndParameterSets)
{
    RtspPlayer player(url());
    const auto response = player.request("DESCRIBE");
    ASSERT_EQ(200, response.status);
    EXPECT_EQ("application/sdp", field(response, "Content-Type"));
    EXPECT_EQ(url() + "/", field(response, "Content-Base"));
    const auto session = sdp::parse(response.body);
    ASSERT_TRUE(session && session->media.size() == 1);
    EXPECT_EQ("H264", session->media[0].encoding);
    EXPECT_TRUE(session->media[0].parameter("sprop-parameter-sets"));
    EXPECT_TRUE(session->media[0].parameter("profile-level-id"));
}

TEST_F(Methods, R13_SetupIsFoundUnderEveryFormOfItsUrl)
{
    const std::string forms[] = {url() + "/trackID=0",
                                 url() + "//trackID=0",
                                 url() + "/track0",
                                 url() + "/",
                                 url(),
                                 url() + "?x=1/trackID=0",
                                 "rtsp://LOCALHOST/cam/trackID=0",
                                 url("c%61m") + "/trackID=0"};
    for (const std::string &form : forms) {
        RtspPlayer player(url());
        const auto response =
            player.request("SETUP", form, {{"Transport", "RTP/AVP/TCP;unicast;interleaved=0-1"}});
        EXPECT_EQ(200, response.status) << form;
    }
}

TEST_F(Methods, R14_ATrailingSlashIsTheSameMount)
{
    RtspPlayer player(url());
    EXPECT_EQ(200, player.request("DESCRIBE", url() + "/").status);
}

TEST_F(Methods, R15_TheFirstTransportThatWeSpeakIsTaken)
{
    RtspPlayer player(url());
    const auto response =
        player.request("SETUP", url() + "/trackID=0",
                       {{"Transport",
                         "RAW/RAW/UDP;unicast;client_port=5000-5001,"
                         "RTP/AVP;multicast,RTP/AVP/TCP;interleaved=4-5;mode=\"PLAY\""}});
    EXPECT_EQ(200, response.status);
    EXPECT_NE(std::string::npos, field(response, "Transport").find("interleaved=4-5"));
}

TEST_F(Methods, R16_UnspokenTransportIs461)
{
    RtspPlayer player(url());
    for (const char *transport : {"RTP/SAVP;unicast;client_port=5000-5001", "RTP/AVP;multicast",
                                  "RTP/AVP;unicast", "nonsense"})
        EXPECT_EQ(461,
                  player.request("SETUP", url() + "/trackID=0", {{"Transport", transport}}).status)
            << transport;
}

TEST_F(Methods, R17_UdpReplyNamesAnEvenOddPairAndTheSsrc)
{
    RtspPlayer player(url());
    const std::string transport = field(player.setUp(RtspPlayer::Over::Udp, 0), "Transport");
    int first = 0;
    int second = 0;
    const auto at = transport.find("server_port=");
    ASSERT_NE(std::string::npos, at) << transport;
    ASSERT_EQ(2, std::sscanf(transport.c_str() + at, "server_port=%d-%d", &first, &second));
    EXPECT_EQ(0, first % 2);
    EXPECT_EQ(first + 1, second);
    EXPECT_NE(std::string::npos, transport.find("ssrc="));
}

TEST_F(Methods, R19_ChannelsAreHonouredChosenAndNeverShared)
{
    RtspPlayer player(url());
    const std::string track = url() + "/trackID=0";
    EXPECT_NE(
        std::string::npos,
        field(player.request("SETUP", track, {{"Transport", "RTP/AVP/TCP;unicast"}}), "Transport")
            .find("interleaved=0-1"));
    // Another session on the same connection.
    EXPECT_EQ(
        400, player.request("SETUP", track, {{"Transport", "RTP/AVP/TCP;interleaved=1-2"}}).status);
    EXPECT_NE(
        std::string::npos,
        field(player.request("SETUP", track, {{"Transport", "RTP/AVP/TCP;unicast"}}), "Transport")
            .find("interleaved=2-3"));
}

TEST_F(Methods, R22_UnknownSessionIs454AndPlayBeforeSetupIsRefused)
{
    RtspPlayer player(url());
    EXPECT_EQ(454, player.request("PLAY").status);
    EXPECT_EQ(454, player.request("PLAY", url(), {{"Session", "0123456789abcdef"}}).status);
    EXPECT_EQ(454, player.request("TEARDOWN", url(), {{"Session", "0123456789abcdef"}}).status);
    EXPECT_EQ(454, player.request("GET_PARAMETER", url(), {{"Session", "feed"}}).status);
}

TEST_F(Methods, R31_PipelinedRequestsAreAnsweredInOrder)
{
    RtspPlayer player(url());
    std::string burst;
    for (int i = 0; i < 100; ++i)
        burst += (i % 2 ? "OPTIONS" : "DESCRIBE") + (" " + url())
            + " RTSP/1.0\r\nCSeq: " + std::to_string(i) + "\r\n\r\n";
    player.sendRaw(burst);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(std::to_string(i), field(player.readResponse(), "CSeq"));
}

TEST_F(Methods, R37_AnotherVersionIs505)
{
    RtspPlayer player(url());
    player.sendRaw("OPTIONS * RTSP/2.0\r\nCSeq: 1\r\n\r\n");
    EXPECT_EQ(505, player.readResponse().status);
}

TEST_F(Methods, R39_RepliesCarryServerAndDate)
{
    RtspPlayer player(url());
    const auto response = player.request("OPTIONS");
    EXPECT_EQ("Heliograph", field(response, "Server"));
    EXPECT_NE(std::string::npos, field(response, "Date").find("GMT"));
}

TEST_F(Methods, BytesWithoutFramingEndTheConnectionWithA400)
{
    RtspPlayer player(url());
    player.sendRaw(std::string(80 * 1024, 'x'));
    EXPECT_EQ(400, player.readResponse().status);
    EXPECT_TRUE(player.isClosedWithin(std::chrono::seconds(30)));
}
