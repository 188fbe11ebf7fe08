#include "net/udp_pair.h"

#include "net/loop.h"
#include "net/udp_send.h"

#include <array>
#include <asio/generic/datagram_protocol.hpp>
#include <asio/io_context.hpp>
#include <cstring>
#include <netinet/in.h>
#include <random>
#include <sys/socket.h>

namespace heliograph::net {

namespace {

using Socket = asio::generic::datagram_protocol::socket;

// The dynamic range of RFC 6335. The first port tried is random, so that two servers on one
// machine do not walk the same row.
constexpr int firstPort = 49152;
constexpr int pairCount = (65536 - firstPort) / 2;

// Holds several pictures of all viewers between two runs of the loop.
constexpr int sendBuffer = 4 * 1024 * 1024;

asio::error_code open(Socket &socket, const Endpoint &endpoint)
{
    sockaddr_storage storage{};
    const std::uint32_t length = toSockaddr(endpoint, storage);
    asio::error_code error;
    socket.open({storage.ss_family, IPPROTO_UDP}, error);
    if (error)
        return error;
    socket.bind(asio::generic::datagram_protocol::endpoint(&storage, length), error);
    if (error) {
        asio::error_code ignored;
        socket.close(ignored);
    }
    return error;
}

} // namespace

struct UdpPair::Impl : std::enable_shared_from_this<Impl> {
    Impl(asio::io_context &context, Received callback)
        : rtp(context)
        , rtcp(context)
        , received(std::move(callback))
    {
    }

    asio::error_code openAt(const Address &address, std::uint16_t port)
    {
        if (const auto error = open(rtp, {address, port}))
            return error;
        const auto error = open(rtcp, {address, std::uint16_t(port + 1)});
        if (error) {
            asio::error_code ignored;
            rtp.close(ignored);
        }
        return error;
    }

    void start()
    {
        ::setsockopt(rtp.native_handle(), SOL_SOCKET, SO_SNDBUF, &sendBuffer, sizeof sendBuffer);
        cutting = supportsGso(rtp.native_handle()) ? Cutting::Kernel : Cutting::Ours;
        await(rtp);
        await(rtcp);
    }

    void await(Socket &socket)
    {
        socket.async_wait(asio::socket_base::wait_read,
                          [self = shared_from_this(), &socket](asio::error_code error) {
                              if (error || !socket.is_open())
                                  return;
                              self->readSome(socket);
                              if (socket.is_open())
                                  self->await(socket);
                          });
    }

    void readSome(Socket &socket)
    {
        std::array<std::uint8_t, 2048> buffer;
        for (int i = 0; i < 64 && socket.is_open(); ++i) {
            sockaddr_storage from{};
            socklen_t length = sizeof from;
            const ssize_t count =
                ::recvfrom(socket.native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT,
                           reinterpret_cast<sockaddr *>(&from), &length);
            if (count < 0)
                return;
            if (&socket == &rtcp)
                received({buffer.data(), std::size_t(count)}, fromSockaddr(from));
        }
    }

    Socket rtp;
    Socket rtcp;
    Received received;
    Cutting cutting = Cutting::Ours;
};

UdpTarget::UdpTarget(const Endpoint &to)
    : endpoint(to)
{
    sockaddr_storage storage{};
    length = toSockaddr(to, storage);
    static_assert(sizeof(sockaddr_in6) <= sizeof sockaddr);
    std::memcpy(sockaddr.data(), &storage, length);
}

Result<std::unique_ptr<UdpPair>> UdpPair::bind(Loop &loop, const Address &address, Received rtcp)
{
    auto impl = std::make_shared<Impl>(loop.context(), std::move(rtcp));
    const int start = int(std::random_device{}() % pairCount);
    for (int i = 0; i < pairCount; ++i) {
        const auto port = std::uint16_t(firstPort + 2 * ((start + i) % pairCount));
        const asio::error_code error = impl->openAt(address, port);
        if (error == asio::error::address_in_use)
            continue;
        if (error)
            return failure(ErrorCode::AddressUnavailable, address.text());
        impl->start();
        return std::unique_ptr<UdpPair>(new UdpPair(std::move(impl), port));
    }
    return failure(ErrorCode::PortInUse, "every UDP port pair is taken");
}

UdpPair::UdpPair(std::shared_ptr<Impl> impl, std::uint16_t rtpPort)
    : m_impl(std::move(impl))
    , m_rtpPort(rtpPort)
{
}

UdpPair::~UdpPair()
{
    asio::error_code ignored;
    m_impl->rtp.close(ignored);
    m_impl->rtcp.close(ignored);
}

Result<> UdpPair::prepareMulticast(const Address &interface, std::uint8_t ttl)
{
    in_addr through{};
    std::memcpy(&through, interface.octets.data(), sizeof through);
    const int hops = ttl;
    for (Socket *socket : {&m_impl->rtp, &m_impl->rtcp}) {
        const int fd = socket->native_handle();
        if (::setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &through, sizeof through) != 0
            || ::setsockopt(fd, IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof hops) != 0)
            return failure(ErrorCode::AddressUnavailable, interface.text());
    }
    return {};
}

Sent UdpPair::sendRtp(ByteSpan block, std::span<const DatagramRun> runs, const UdpTarget &to)
{
    return sendRuns({rtpSocket(), cutting()}, block, runs, to);
}

Sent UdpPair::sendRtcp(ByteSpan datagram, const UdpTarget &to)
{
    const DatagramRun run{0, std::uint32_t(datagram.size()), std::uint32_t(datagram.size())};
    return sendRuns({m_impl->rtcp.native_handle(), Cutting::Ours}, datagram, {&run, 1}, to);
}

int UdpPair::rtpSocket() const
{
    return m_impl->rtp.native_handle();
}

Cutting UdpPair::cutting() const
{
    return m_impl->cutting;
}

} // namespace heliograph::net
