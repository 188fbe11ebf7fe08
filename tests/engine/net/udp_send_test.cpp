// Many datagrams by one call: cut by the kernel where it can, by us where it cannot. Both ways give
// the same datagrams.
#include "net/udp_send.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <numeric>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace heliograph::net {

namespace {

using Datagram = std::vector<std::uint8_t>;

class UdpSend : public testing::TestWithParam<Cutting> {
protected:
    UdpSend()
        : m_from(::socket(AF_INET, SOCK_DGRAM, 0))
        , m_to(::socket(AF_INET, SOCK_DGRAM, 0))
    {
        const int megabytes = 4 << 20;
        ::setsockopt(m_to, SOL_SOCKET, SO_RCVBUF, &megabytes, sizeof megabytes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        ::bind(m_to, reinterpret_cast<sockaddr *>(&address), length);
        ::getsockname(m_to, reinterpret_cast<sockaddr *>(&address), &length);
        m_target = UdpTarget({Address::loopbackV4(), ntohs(address.sin_port)});
    }
    ~UdpSend() override
    {
        ::close(m_from);
        ::close(m_to);
    }

    std::vector<Datagram> received()
    {
        std::vector<Datagram> datagrams;
        pollfd entry{m_to, POLLIN, 0};
        while (::poll(&entry, 1, 100) > 0) {
            Datagram datagram(65536);
            datagram.resize(std::size_t(::recv(m_to, datagram.data(), datagram.size(), 0)));
            datagrams.push_back(std::move(datagram));
        }
        return datagrams;
    }

    int m_from;
    int m_to;
    UdpTarget m_target;
};

} // namespace

INSTANTIATE_TEST_SUITE_P(By, UdpSend, testing::Values(Cutting::Kernel, Cutting::Ours));

TEST_P(UdpSend, EveryRunArrivesInItsSegmentsAndInOrder)
{
    ASSERT_TRUE(supportsGso(m_from)); // Linux 4.18 and later
    std::vector<std::uint8_t> block(40 + 5 * 1400 + 300 + 9);
    std::iota(block.begin(), block.end(), std::uint8_t(0));
    const std::vector<DatagramRun> runs = {{0, 40, 40}, {40, 5 * 1400 + 300, 1400}, {7340, 9, 9}};
    EXPECT_EQ(Sent::All, sendRuns({m_from, GetParam()}, block, runs, m_target));
    const auto datagrams = received();
    ASSERT_EQ(8u, datagrams.size());
    Datagram joined;
    for (const Datagram &datagram : datagrams)
        joined.insert(joined.end(), datagram.begin(), datagram.end());
    EXPECT_EQ(block, joined);
    EXPECT_EQ(40u, datagrams[0].size());
    EXPECT_EQ(1400u, datagrams[5].size());
    EXPECT_EQ(300u, datagrams[6].size());
}

// More messages than one call takes.
TEST_P(UdpSend, ManyRunsTakeSeveralCalls)
{
    const std::vector<std::uint8_t> block(200 * 10, 7);
    std::vector<DatagramRun> runs;
    for (std::uint32_t i = 0; i < 200; ++i)
        runs.push_back({10 * i, 10, 10});
    EXPECT_EQ(Sent::All, sendRuns({m_from, GetParam()}, block, runs, m_target));
    EXPECT_EQ(200u, received().size());
}

TEST_P(UdpSend, WhereNobodyCanBeIsSaid)
{
    const std::vector<std::uint8_t> block(10);
    const DatagramRun run{0, 10, 10};
    const UdpTarget nowhere({Address::parse("255.255.255.255").value(), 9}); // without SO_BROADCAST
    EXPECT_EQ(Sent::Unreachable, sendRuns({m_from, GetParam()}, block, {&run, 1}, nowhere));
}

// Viewers of one picture share calls. Who cannot be reached costs nobody else anything, and is
// told.
TEST_P(UdpSend, ManyAddressesShareCallsAndARefusalIsItsOwners)
{
    struct Viewer final : UdpRow::Sender {
        void onUnsent(Sent why) override { heard.push_back(why); }
        std::vector<Sent> heard;
    };
    const std::vector<std::uint8_t> block(3 * 1000, 7);
    const std::vector<DatagramRun> runs = {{0, 1000, 1000}, {1000, 2000, 1000}};
    const UdpTarget nowhere({Address::parse("255.255.255.255").value(), 9});
    constexpr std::size_t count = 100; // several rows
    std::vector<Viewer> viewers(count);
    MessageRow row;
    for (std::size_t i = 0; i < count; ++i)
        row.add({m_from, GetParam()}, block, runs, i % 10 == 3 ? nowhere : m_target, viewers[i]);
    row.flush();
    EXPECT_EQ(3u * 90, received().size());
    for (std::size_t i = 0; i < count; ++i)
        EXPECT_EQ(i % 10 == 3 ? std::vector{Sent::Unreachable} : std::vector<Sent>{},
                  viewers[i].heard)
            << i;
}

} // namespace heliograph::net
