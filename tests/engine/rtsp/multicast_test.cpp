// A mount that is also sent to a multicast group. The group is joined on loopback for real.
#include "support/rtsp_player.h"
#include "support/test_studio.h"
#include "wire/rtsp/transport.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace heliograph;
using test::RtspPlayer;

namespace {

// One for each process: tests may run side by side.
std::string group()
{
    const int pid = ::getpid();
    return "239.255." + std::to_string(pid / 50 % 256) + "." + std::to_string(1 + pid % 50);
}

// A member of the group on one port.
class Member {
public:
    explicit Member(std::uint16_t port)
        : m_fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
        const int yes = 1;
        ::setsockopt(m_fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        ::inet_pton(AF_INET, group().c_str(), &address.sin_addr);
        ip_mreq membership{address.sin_addr, {htonl(INADDR_LOOPBACK)}};
        m_joined = ::bind(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0
            && ::setsockopt(m_fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership)
                == 0;
    }
    ~Member() { ::close(m_fd); }

    bool joined() const { return m_joined; }
    std::vector<std::uint8_t> next(int patienceMs = 5000)
    {
        pollfd entry{m_fd, POLLIN, 0};
        std::vector<std::uint8_t> datagram(2048);
        if (::poll(&entry, 1, patienceMs) <= 0)
            return {};
        datagram.resize(std::size_t(::recv(m_fd, datagram.data(), datagram.size(), 0)));
        return datagram;
    }

private:
    int m_fd;
    bool m_joined = false;
};

class Multicast : public ::testing::Test {
protected:
    Multicast()
    {
        const SourceId id = m_studio.addPattern("cam");
        EXPECT_TRUE(m_studio.tryPublish(id, {"cam", Audience::MyNetwork, {}, true}));
    }

    static rtsp::Response setUp(RtspPlayer &player)
    {
        EXPECT_EQ(200, player.request("DESCRIBE").status); // waits until the mount is ready
        return player.request("SETUP", player.url() + "/trackID=0",
                              {{"Transport", "RTP/AVP;multicast"}});
    }
    static RtspPlayer::Fields sessionOf(const rtsp::Response &response)
    {
        const std::string header(response.headers.find("Session").value_or(""));
        return {{"Session", header.substr(0, header.find(';'))}};
    }

    test::TestStudio m_studio{{{"multicast_ttl", std::int64_t(3)}, {"multicast_group", group()}}};
};

} // namespace

TEST_F(Multicast, TheReplyNamesGroupPortsAndReach)
{
    RtspPlayer player(m_studio.url("cam"));
    const auto response = setUp(player);
    ASSERT_EQ(200, response.status);
    const auto transport =
        rtsp::parseTransports(response.headers.find("Transport").value_or("")).value().at(0);
    EXPECT_TRUE(transport.multicast);
    EXPECT_EQ(group(), transport.destination);
    EXPECT_EQ((rtsp::PortPair{5004, 5005}), transport.port.value());
    EXPECT_EQ(3, int(transport.ttl.value()));
    EXPECT_FALSE(transport.clientPort);
}

TEST_F(Multicast, OneStreamFeedsAllMembersWhileSomebodyPlays)
{
    Member pictures(5004);
    Member reports(5005);
    ASSERT_TRUE(pictures.joined() && reports.joined());
    RtspPlayer first(m_studio.url("cam"));
    RtspPlayer second(m_studio.url("cam"));
    const auto firstSession = sessionOf(setUp(first));
    const auto secondSession = sessionOf(setUp(second));
    EXPECT_EQ(200, first.request("PLAY", first.url(), firstSession).status);
    EXPECT_EQ(200, second.request("PLAY", second.url(), secondSession).status);

    rtp::H264Depacketizer depacketizer;
    int whole = 0;
    for (int packets = 0; packets < 2000 && whole < 30; ++packets) {
        const auto datagram = pictures.next();
        ASSERT_FALSE(datagram.empty());
        const auto unit = depacketizer.push(rtp::parsePacket(datagram).value());
        ASSERT_TRUE(unit);
        if (*unit && whole++ == 0) {
            EXPECT_TRUE((*unit)->keyframe);
        }
    }
    EXPECT_EQ(30, whole);
    EXPECT_EQ(0u, depacketizer.lostPackets()); // one stream, not one a viewer
    EXPECT_TRUE(rtcp::parseCompound(reports.next()));
    const auto snapshot = m_studio.waitFor(
        [](const Snapshot &s) { return s.viewers.size() == 2 && s.viewers[0].bitrate > 0; });
    EXPECT_EQ("Multicast", snapshot->viewers[0].transport);

    EXPECT_EQ(200, first.request("TEARDOWN", first.url(), firstSession).status);
    EXPECT_FALSE(pictures.next().empty()); // the second still plays
    EXPECT_EQ(200, second.request("TEARDOWN", second.url(), secondSession).status);
    while (!pictures.next(300).empty()) {
    } // what was on its way
    EXPECT_TRUE(pictures.next(300).empty());
}

// Pictures are sent to a group, never to somebody's own address.
TEST(MulticastGroup, R18_ItsAddressMustBeThatOfAGroup)
{
    for (const char *address : {"192.0.2.1", "240.0.0.1", "ff15::1", "nonsense", ""})
        EXPECT_THROW(test::TestStudio({{"multicast_group", std::string(address)}}),
                     std::runtime_error)
            << address;
}

TEST_F(Multicast, IsNotOfferedToWhomItIsNotMeant)
{
    const SourceId id = m_studio.freshSnapshot()->sources.at(0).id;
    for (const PublishConfig &config : {PublishConfig{"cam", Audience::MyNetwork, {}, false},
                                        PublishConfig{"cam", Audience::ThisComputer, {}, true}}) {
        ASSERT_TRUE(m_studio.tryPublish(id, config));
        RtspPlayer player(m_studio.url("cam"));
        EXPECT_EQ(461, setUp(player).status);
    }
}
