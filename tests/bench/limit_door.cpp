#include "limit_door.h"

#include "loopback.h"
#include "wire/rtsp/transport.h"

#include <array>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace heliograph::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view description = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=limit\r\nt=0 0\r\n"
                                         "m=video 0 RTP/AVP 96\r\nc=IN IP4 127.0.0.1\r\n"
                                         "a=rtpmap:96 H264/90000\r\na=control:trackID=0\r\n";

const sockaddr *generic(const sockaddr_in &address)
{
    return reinterpret_cast<const sockaddr *>(&address);
}

void watch(int epoll, int socket, void *what)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = what;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
}

// Connected: the kernel looks the way up once, not with every picture.
int connectedUdp(int port)
{
    const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    const int size = 4 << 20;
    ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    const sockaddr_in address = loopback(port);
    ::connect(fd, generic(address), sizeof address);
    return fd;
}

} // namespace

LimitDoor::LimitDoor(int port)
    : m_listener(::socket(AF_INET, SOCK_STREAM, 0))
    , m_epoll(::epoll_create1(0))
{
    const int on = 1;
    ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const sockaddr_in address = loopback(port);
    if (::bind(m_listener, generic(address), sizeof address) != 0
        || ::listen(m_listener, SOMAXCONN) != 0)
        throw std::runtime_error("port " + std::to_string(port) + " is taken");
    watch(m_epoll, m_listener, nullptr);
}

LimitDoor::~LimitDoor()
{
    for (const auto &client : m_clients)
        for (const int fd : {client->socket, client->udp})
            if (fd >= 0)
                ::close(fd);
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
            if (auto *client = static_cast<Client *>(events[std::size_t(i)].data.ptr))
                read(*client);
            else
                accept();
    }
}

void LimitDoor::accept()
{
    auto client = std::make_unique<Client>();
    client->socket = ::accept(m_listener, nullptr, nullptr);
    const int on = 1;
    ::setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(m_epoll, client->socket, client.get());
    m_clients.push_back(std::move(client));
}

void LimitDoor::read(Client &client)
{
    std::array<std::uint8_t, 4096> buffer;
    const ssize_t count = ::recv(client.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count <= 0) {
        std::erase(m_streams, client.socket);
        std::erase(m_datagrams, client.udp);
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, client.socket, nullptr);
        return;
    }
    client.reader.feed({buffer.data(), std::size_t(count)});
    for (auto next = client.reader.next(); next && !std::holds_alternative<rtsp::NeedMore>(*next);
         next = client.reader.next())
        if (const auto *request = std::get_if<rtsp::Request>(&*next))
            answer(client, *request);
}

void LimitDoor::answer(Client &client, const rtsp::Request &request)
{
    rtsp::Response response;
    response.headers.add("CSeq", std::string(request.headers.find("CSeq").value_or("0")));
    response.headers.add("Session", "limit");
    if (request.method == "DESCRIBE") {
        response.headers.add("Content-Base", request.url + "/");
        response.body = description;
    } else if (request.method == "SETUP") {
        setUp(client, response, request.headers.find("Transport").value_or(""));
    }
    const std::string text = rtsp::writeResponse(response);
    ::send(client.socket, text.data(), text.size(), MSG_NOSIGNAL);
    if (request.method == "PLAY" && client.udp >= 0)
        m_datagrams.push_back(client.udp);
    else if (request.method == "PLAY")
        m_streams.push_back(client.socket);
}

void LimitDoor::setUp(Client &client, rtsp::Response &response, std::string_view transport)
{
    const auto asked = rtsp::parseTransports(transport);
    if (!asked) {
        response.status = 461;
        return;
    }
    if (asked->front().clientPort)
        client.udp = connectedUdp(asked->front().clientPort->first);
    response.headers.add("Transport", rtsp::writeTransport(asked->front()));
}

} // namespace heliograph::bench
