// IPv6, and what is sent to whom.
#include "support/rtsp_player.h"
#include "support/test_studio.h"
#include "wire/rtsp/transport.h"

#include <gtest/gtest.h>

using namespace heliograph;
using test::RtspPlayer;

class Addresses : public ::testing::TestWithParam<RtspPlayer::Over> { };

TEST_P(Addresses, R33_IPv6PlaysOverEveryTransportAndIsDescribedAsSuch)
{
    test::TestStudio studio;
    studio.addPattern("cam");
    RtspPlayer player(studio.url("cam", "[::1]"));
    EXPECT_EQ(200, player.play(GetParam()).status);
    EXPECT_TRUE(player.nextPicture().keyframe);
    EXPECT_NE(std::string::npos, player.sdp().find("IN IP6 ::1"));
    EXPECT_NE(std::string::npos, player.sdp().find("c=IN IP6 ::\r\n"));
    const auto snapshot = studio.waitFor([](const Snapshot &s) { return s.viewers.size() == 1; });
    EXPECT_TRUE(snapshot->viewers[0].address.starts_with("[::1]:"));
}

INSTANTIATE_TEST_SUITE_P(Over, Addresses,
                         ::testing::Values(RtspPlayer::Over::Tcp, RtspPlayer::Over::Udp));

// R18: a victim that never asked gets nothing, whatever the request says.
TEST(Amplification, R18_PacketsGoToTheAddressThatAskedAndTheReplyDoesNotNameAnother)
{
    test::TestStudio studio;
    studio.addPattern("cam");
    RtspPlayer player(studio.url("cam"));
    const auto response = player.request(
        "SETUP", player.url() + "/trackID=0",
        {{"Transport", "RTP/AVP;unicast;destination=127.0.0.2;client_port=40000-40001"}});
    ASSERT_EQ(200, response.status);
    const auto transport =
        rtsp::parseTransports(response.headers.find("Transport").value_or("")).value().at(0);
    EXPECT_EQ("", transport.destination);
    const auto snapshot = studio.freshSnapshot();
    for (const ViewerSnapshot &viewer : snapshot->viewers)
        EXPECT_TRUE(viewer.address.starts_with("127.0.0.1:"));
}
