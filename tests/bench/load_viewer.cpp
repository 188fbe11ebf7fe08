#include "load_viewer.h"

#include "core/clock.h"
#include "media/latency_sei.h"
#include "wire/rtsp/session_header.h"
#include "wire/rtsp/url.h"
#include "wire/sdp/sdp.h"

#include <arpa/inet.h>
#include <array>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace heliograph::bench {

namespace {

constexpr std::size_t interleavedHeader = 4;

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(std::uint16_t(port));
    return address;
}

int bindUdp(int port)
{
    const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    const int size = 2 << 20;
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    const sockaddr_in address = loopback(port);
    if (::bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return fd;
    ::close(fd);
    return -1;
}

std::string headerOf(const std::string &reply, const std::string &name)
{
    const std::size_t at = reply.find("\r\n" + name + ": ");
    if (at == std::string::npos)
        return {};
    const std::size_t start = at + name.size() + 4;
    return reply.substr(start, reply.find("\r\n", start) - start);
}

} // namespace

LoadViewer::LoadViewer(const std::string &url, Over over)
    : m_url(url)
    , m_over(over)
{
    m_tcp = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(rtsp::parseUrl(url).value().port);
    if (::connect(m_tcp, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect to " + url);
    setUp();
    m_played = Clock::now();
    ask("PLAY", m_url, "Range: npt=0-\r\n");
}

LoadViewer::~LoadViewer()
{
    for (const int fd : {m_tcp, m_udp, m_rtcp})
        if (fd >= 0)
            ::close(fd);
}

// Reads up to the end of the reply; what follows PLAY's belongs to the stream.
std::string LoadViewer::ask(const std::string &method, const std::string &url,
                            const std::string &fields)
{
    const std::string request = method + " " + url
        + " RTSP/1.0\r\nCSeq: " + std::to_string(++m_cseq) + "\r\nUser-Agent: heliograph-load\r\n"
        + (m_session.empty() ? "" : "Session: " + m_session + "\r\n") + fields + "\r\n";
    ::send(m_tcp, request.data(), request.size(), MSG_NOSIGNAL);
    std::string reply;
    std::size_t whole = std::string::npos;
    while (reply.size() < whole) {
        std::array<char, 4096> buffer;
        const ssize_t count = ::recv(m_tcp, buffer.data(), buffer.size(), 0);
        if (count <= 0)
            throw std::runtime_error(method + ": the server closed the connection");
        reply.append(buffer.data(), std::size_t(count));
        const std::size_t end = reply.find("\r\n\r\n");
        if (end == std::string::npos)
            continue;
        const std::string length = headerOf(reply, "Content-Length");
        whole = end + 4 + (length.empty() ? 0 : std::stoul(length));
    }
    if (reply.rfind("RTSP/1.0 200", 0) != 0)
        throw std::runtime_error(method + ": " + reply.substr(0, reply.find("\r\n")));
    m_buffer.assign(reply.begin() + std::ptrdiff_t(whole), reply.end());
    return reply.substr(0, whole);
}

void LoadViewer::setUp()
{
    const std::string described = ask("DESCRIBE", m_url, "Accept: application/sdp\r\n");
    const std::string base = headerOf(described, "Content-Base");
    const auto session = sdp::parse(described.substr(described.find("\r\n\r\n") + 4)).value();
    std::string control = session.media.at(0).control;
    if (control.find("://") == std::string::npos)
        control = (base.empty() ? m_url + "/" : base) + control;
    std::string transport = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n";
    if (m_over == Over::Udp) {
        static int port = 10000;
        while ((m_udp = bindUdp(port)) < 0 || (m_rtcp = bindUdp(port + 1)) < 0)
            port += 2;
        transport = "Transport: RTP/AVP;unicast;client_port=" + std::to_string(port) + "-"
            + std::to_string(port + 1) + "\r\n";
        port += 2;
    }
    const std::string reply = ask("SETUP", control, transport);
    m_session = rtsp::parseSession(headerOf(reply, "Session")).id;
}

void LoadViewer::readAll()
{
    std::array<std::uint8_t, 256 * 1024> buffer;
    for (;;) {
        const ssize_t count = ::recv(socket(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count <= 0)
            return;
        if (m_over == Over::Udp) {
            takePacket({buffer.data(), std::size_t(count)});
            continue;
        }
        m_buffer.insert(m_buffer.end(), buffer.begin(), buffer.begin() + count);
        takeStream();
    }
}

void LoadViewer::takeStream()
{
    std::size_t start = 0;
    while (m_buffer.size() - start >= interleavedHeader) {
        const std::uint8_t *header = m_buffer.data() + start;
        const std::size_t length = std::size_t(header[2]) << 8 | header[3];
        if (m_buffer.size() - start < interleavedHeader + length)
            break;
        if (header[1] == 0)
            takePacket({header + interleavedHeader, length});
        start += interleavedHeader + length;
    }
    m_buffer.erase(m_buffer.begin(), m_buffer.begin() + std::ptrdiff_t(start));
}

void LoadViewer::takePacket(ByteSpan bytes)
{
    const auto packet = rtp::parsePacket(bytes);
    if (!packet)
        return;
    if (m_expected)
        m_counts.lostPackets += std::uint16_t(packet->header.sequence - *m_expected);
    m_expected = std::uint16_t(packet->header.sequence + 1);
    m_counts.bytes += bytes.size();
    if (!packet->payload.empty() && (packet->payload[0] & 0x1f) == 6)
        takeStamp(packet->payload);
    if (!packet->header.marker)
        return;
    ++m_counts.frames;
    if (!m_firstPictureMs)
        m_firstPictureMs =
            std::chrono::duration<double, std::milli>(Clock::now() - m_played).count();
}

void LoadViewer::takeStamp(ByteSpan nal)
{
    if (const auto captured = latency_sei::read(nal))
        m_counts.latencyMs.push_back(
            std::chrono::duration<double, std::milli>(SystemClock().wallNow() - *captured).count());
}

} // namespace heliograph::bench
