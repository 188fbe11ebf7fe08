#include "limit_rtsp.h"

#include "loopback.h"
#include "wire/rtsp/transport.h"

#include <sys/socket.h>

namespace heliograph::bench {

namespace {

constexpr std::string_view description = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=limit\r\nt=0 0\r\n"
                                         "m=video 0 RTP/AVP 96\r\nc=IN IP4 127.0.0.1\r\n"
                                         "a=rtpmap:96 H264/90000\r\na=control:trackID=0\r\n";

// Connected: the kernel looks the way up once, not with every picture.
int connectedUdp(int port)
{
    const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    const int size = 4 << 20;
    ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    const sockaddr_in address = loopback(port);
    ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    return fd;
}

} // namespace

void LimitRtsp::take(ByteSpan bytes)
{
    m_reader.feed(bytes);
    for (auto next = m_reader.next(); next && !std::holds_alternative<rtsp::NeedMore>(*next);
         next = m_reader.next())
        if (const auto *request = std::get_if<rtsp::Request>(&*next))
            answer(*request);
}

void LimitRtsp::answer(const rtsp::Request &request)
{
    rtsp::Response response;
    response.headers.add("CSeq", std::string(request.headers.find("CSeq").value_or("0")));
    response.headers.add("Session", "limit");
    if (request.method == "DESCRIBE") {
        response.headers.add("Content-Base", request.url + "/");
        response.body = description;
    } else if (request.method == "SETUP") {
        setUp(response, request.headers.find("Transport").value_or(""));
    }
    const std::string text = rtsp::writeResponse(response);
    send({reinterpret_cast<const std::uint8_t *>(text.data()), text.size()});
    m_plays = m_plays || request.method == "PLAY";
}

void LimitRtsp::setUp(rtsp::Response &response, std::string_view transport)
{
    const auto asked = rtsp::parseTransports(transport);
    if (!asked) {
        response.status = 461;
        return;
    }
    if (asked->front().clientPort)
        m_udp = connectedUdp(asked->front().clientPort->first);
    response.headers.add("Transport", rtsp::writeTransport(asked->front()));
}

} // namespace heliograph::bench
