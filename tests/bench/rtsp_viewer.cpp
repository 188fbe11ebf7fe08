#include "rtsp_viewer.h"

#include "loopback.h"
#include "media/h264.h"
#include "media/latency_sei.h"
#include "wire/rtsp/session_header.h"
#include "wire/rtsp/url.h"
#include "wire/sdp/sdp.h"

#include <array>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace heliograph::bench {

namespace {

constexpr std::size_t interleavedHeader = 4;
constexpr std::size_t largestFrame = interleavedHeader + 0xffff;

int bindLoopback(int port)
{
    const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    const int size = 4 << 20;
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

// npos: its head is not whole.
std::size_t sizeOfReply(std::string_view received)
{
    const std::size_t end = received.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return end;
    const std::string length = headerOf(std::string(received.substr(0, end + 4)), "Content-Length");
    return end + 4 + (length.empty() ? 0 : std::stoul(length));
}

} // namespace

RtspViewer::RtspViewer(const std::string &url, Over over, unsigned host)
    : m_url(url)
    , m_over(over)
{
    m_tcp = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in own = loopback(0, over == Over::Tcp ? host : 0);
    ::bind(m_tcp, reinterpret_cast<const sockaddr *>(&own), sizeof own);
    const sockaddr_in address = loopback(rtsp::parseUrl(url).value().port);
    if (::connect(m_tcp, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect to " + url);
    setUp();
    notePlay();
    ask("PLAY", m_url, "Range: npt=0-\r\n");
}

RtspViewer::~RtspViewer()
{
    for (const int fd : {m_tcp, m_udp, m_rtcp})
        if (fd >= 0)
            ::close(fd);
}

// Reads up to the end of the reply. Packets may come before PLAY's and with it.
std::string RtspViewer::ask(const std::string &method, const std::string &url,
                            const std::string &fields)
{
    const std::string request = method + " " + url
        + " RTSP/1.0\r\nCSeq: " + std::to_string(++m_cseq) + "\r\nUser-Agent: heliograph-load\r\n"
        + (m_session.empty() ? "" : "Session: " + m_session + "\r\n") + fields + "\r\n";
    ::send(m_tcp, request.data(), request.size(), MSG_NOSIGNAL);
    std::size_t whole = std::string::npos;
    while (m_rest.size() < whole) {
        std::array<std::uint8_t, 4096> buffer;
        const ssize_t count = ::recv(m_tcp, buffer.data(), buffer.size(), 0);
        if (count <= 0)
            throw std::runtime_error(method + ": the server closed the connection");
        m_rest.insert(m_rest.end(), buffer.begin(), buffer.begin() + count);
        takeRest();
        whole = sizeOfReply({reinterpret_cast<const char *>(m_rest.data()), m_rest.size()});
    }
    const std::string reply(m_rest.begin(), m_rest.begin() + std::ptrdiff_t(whole));
    if (!reply.starts_with("RTSP/1.0 200"))
        throw std::runtime_error(method + ": " + reply.substr(0, reply.find("\r\n")));
    m_rest.erase(m_rest.begin(), m_rest.begin() + std::ptrdiff_t(whole));
    takeRest();
    return reply;
}

void RtspViewer::setUp()
{
    const std::string described = ask("DESCRIBE", m_url, "Accept: application/sdp\r\n");
    const std::string base = headerOf(described, "Content-Base");
    const auto session = sdp::parse(described.substr(described.find("\r\n\r\n") + 4)).value();
    std::string control = session.media.at(0).control;
    if (control.find("://") == std::string::npos)
        control = (base.empty() ? m_url + "/" : base) + control;
    const std::string transport = m_over == Over::Udp ? "RTP/AVP;unicast;client_port=" + bindUdp()
                                                      : "RTP/AVP/TCP;unicast;interleaved=0-1";
    const std::string reply = ask("SETUP", control, "Transport: " + transport + "\r\n");
    m_session = rtsp::parseSession(headerOf(reply, "Session")).id;
}

// The first free pair of ports that no viewer of ours has had.
std::string RtspViewer::bindUdp()
{
    static int port = 10000;
    while ((m_udp = bindLoopback(port)) < 0 || (m_rtcp = bindLoopback(port + 1)) < 0) {
        if (m_udp >= 0)
            ::close(m_udp);
        port += 2;
    }
    port += 2;
    return std::to_string(port - 2) + "-" + std::to_string(port - 1);
}

bool RtspViewer::read()
{
    if (m_over == Over::Tcp)
        return readStream();
    readDatagrams();
    return true;
}

// One large buffer for all: only the beginning of a frame is kept between two reads.
bool RtspViewer::readStream()
{
    static std::array<std::uint8_t, 512 * 1024 + largestFrame> buffer;
    std::copy(m_rest.begin(), m_rest.end(), buffer.begin());
    const ssize_t count =
        ::recv(m_tcp, buffer.data() + m_rest.size(), buffer.size() - m_rest.size(), MSG_DONTWAIT);
    noteRead();
    if (count > 0)
        takeStream({buffer.data(), m_rest.size() + std::size_t(count)});
    return count > 0 || (count < 0 && errno == EAGAIN);
}

void RtspViewer::readDatagrams()
{
    constexpr std::size_t most = 64;
    static std::array<std::array<std::uint8_t, 2048>, most> buffers;
    std::array<iovec, most> parts;
    std::array<mmsghdr, most> messages{};
    for (std::size_t i = 0; i < most; ++i) {
        parts[i] = {buffers[i].data(), buffers[i].size()};
        messages[i].msg_hdr.msg_iov = &parts[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    const int count = ::recvmmsg(m_udp, messages.data(), most, MSG_DONTWAIT, nullptr);
    noteRead();
    for (int i = 0; i < count; ++i)
        takePacket({buffers[std::size_t(i)].data(), messages[std::size_t(i)].msg_len});
}

void RtspViewer::takeRest()
{
    noteRead();
    takeStream(std::exchange(m_rest, {}));
}

// Whole frames, up to one that is not whole, or to a reply.
void RtspViewer::takeStream(ByteSpan bytes)
{
    while (bytes.size() >= interleavedHeader && bytes[0] == '$') {
        const std::size_t length = std::size_t(bytes[2]) << 8 | bytes[3];
        if (bytes.size() < interleavedHeader + length)
            break;
        if (bytes[1] == 0)
            takePacket(bytes.subspan(interleavedHeader, length));
        bytes = bytes.subspan(interleavedHeader + length);
    }
    m_rest.assign(bytes.begin(), bytes.end());
}

void RtspViewer::takePacket(ByteSpan bytes)
{
    const auto packet = rtp::parsePacket(bytes);
    if (!packet)
        return;
    if (m_expected)
        noteLost(std::uint16_t(packet->header.sequence - *m_expected));
    m_expected = std::uint16_t(packet->header.sequence + 1);
    noteBytes(bytes.size());
    takePayload(packet->payload);
    if (packet->header.marker)
        finishPicture();
}

// A keyframe has its parameter sets in front, each in a packet of its own.
void RtspViewer::takePayload(ByteSpan payload)
{
    const h264::NalType type = h264::typeOf(payload);
    if (type == h264::NalType::Sei)
        m_stamp = latency_sei::read(payload);
    m_keyframe = m_keyframe || type == h264::NalType::Sps;
}

void RtspViewer::finishPicture()
{
    notePicture(m_keyframe, m_stamp);
    m_stamp.reset();
    m_keyframe = false;
}

} // namespace heliograph::bench
