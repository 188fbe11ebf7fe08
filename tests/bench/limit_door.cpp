#include "limit_door.h"

#include "loopback.h"

#include <array>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace heliograph::bench {

namespace {

using Clock = std::chrono::steady_clock;

void watch(int epoll, int socket, void *what)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = what;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
}

} // namespace

LimitClient::~LimitClient()
{
    for (const int fd : {m_socket, m_udp})
        if (fd >= 0)
            ::close(fd);
}

void LimitClient::send(ByteSpan bytes) const
{
    ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

LimitDoor::LimitDoor(int port, Admit admit)
    : m_admit(std::move(admit))
    , m_listener(::socket(AF_INET, SOCK_STREAM, 0))
    , m_epoll(::epoll_create1(0))
{
    const int on = 1;
    ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const sockaddr_in address = loopback(port);
    if (::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || ::listen(m_listener, SOMAXCONN) != 0)
        throw std::runtime_error("port " + std::to_string(port) + " is taken");
    watch(m_epoll, m_listener, nullptr);
}

LimitDoor::~LimitDoor()
{
    ::close(m_listener);
    ::close(m_epoll);
}

void LimitDoor::serveUntil(Clock::time_point end)
{
    for (auto now = Clock::now(); now < end; now = Clock::now()) {
        const auto left = std::chrono::nanoseconds(end - now).count();
        const timespec timeout{left / 1'000'000'000, left % 1'000'000'000};
        std::array<epoll_event, 64> events;
        const int count = ::epoll_pwait2(m_epoll, events.data(), events.size(), &timeout, nullptr);
        for (int i = 0; i < count; ++i)
            if (auto *client = static_cast<LimitClient *>(events[std::size_t(i)].data.ptr))
                read(*client);
            else
                accept();
    }
}

void LimitDoor::accept()
{
    auto client = m_admit(::accept(m_listener, nullptr, nullptr));
    const int on = 1;
    ::setsockopt(client->socket(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(m_epoll, client->socket(), client.get());
    m_clients.push_back(std::move(client));
}

void LimitDoor::read(LimitClient &client)
{
    std::array<std::uint8_t, 4096> buffer;
    const ssize_t count = ::recv(client.socket(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count <= 0)
        return forget(client);
    const bool played = client.plays();
    client.take({buffer.data(), std::size_t(count)});
    if (played || !client.plays())
        return;
    if (client.udp() >= 0)
        m_datagrams.push_back(client.udp());
    else
        m_streams.push_back(client.socket());
}

void LimitDoor::forget(const LimitClient &client)
{
    std::erase(m_streams, client.socket());
    std::erase(m_datagrams, client.udp());
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, client.socket(), nullptr);
}

} // namespace heliograph::bench
