#include "support/sockets.h"

#include "net/udp_pair.h"

#include <atomic>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace heliograph::test {

namespace {

const sockaddr *addressOf(const net::UdpTarget &end)
{
    return reinterpret_cast<const sockaddr *>(end.sockaddr.data());
}

} // namespace

int connectTcp(const std::string &host, std::uint16_t port, const std::string &from)
{
    const net::UdpTarget server({net::Address::parse(host).value(), port});
    const int fd =
        ::socket(server.endpoint.address.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (!from.empty()) {
        const net::UdpTarget own({net::Address::parse(from).value(), 0});
        ::bind(fd, addressOf(own), own.length);
    }
    if (::connect(fd, addressOf(server), server.length) != 0) {
        ::close(fd);
        throw std::runtime_error("cannot connect to port " + std::to_string(port));
    }
    return fd;
}

std::uint16_t quietPort()
{
    constexpr unsigned first = 20000; // the system gives away those from 32768 on
    constexpr unsigned count = 12000;
    constexpr unsigned apart = 61; // from the next process
    static std::atomic<unsigned> asked{0};
    for (;;) {
        const auto port = std::uint16_t(first + (unsigned(::getpid()) * apart + asked++) % count);
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int yes = 1;
        ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        const bool isFree =
            ::bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
        ::close(fd);
        if (isFree)
            return port;
    }
}

bool isReadable(int fd, std::chrono::milliseconds patience)
{
    pollfd entry{fd, POLLIN, 0};
    return ::poll(&entry, 1, int(patience.count())) > 0;
}

bool sendAll(int fd, ByteSpan bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes = bytes.subspan(std::size_t(count));
    }
    return true;
}

} // namespace heliograph::test
