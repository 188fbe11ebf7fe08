#include "support/rtsp_player.h"

#include "net/udp_pair.h"
#include "support/sockets.h"
#include "wire/rtsp/authorization.h"
#include "wire/rtsp/session_header.h"
#include "wire/rtsp/transport.h"
#include "wire/rtsp/url.h"
#include "wire/sdp/sdp.h"

#include <algorithm>
#include <atomic>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace heliograph::test {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds replyPatience(30000);

// The socket's or the server's own end on this computer; host: "127.0.0.1", "::1".
net::UdpTarget endAt(const std::string &host, std::uint16_t port)
{
    return net::UdpTarget({net::Address::parse(host).value(), port});
}

int openSocket(const net::UdpTarget &end, int type)
{
    return ::socket(end.endpoint.address.v6 ? AF_INET6 : AF_INET, type | SOCK_CLOEXEC, 0);
}

const sockaddr *addressOf(const net::UdpTarget &end)
{
    return reinterpret_cast<const sockaddr *>(end.sockaddr.data());
}

// 0: not free.
int bindUdp(const std::string &host, std::uint16_t port)
{
    const net::UdpTarget own = endAt(host, port);
    const int fd = openSocket(own, SOCK_DGRAM);
    const int megabytes = 4 << 20;
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &megabytes, sizeof megabytes);
    const timeval patience{replyPatience.count() / 1000, 0}; // of who waits for one packet
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::bind(fd, addressOf(own), own.length) == 0)
        return fd;
    ::close(fd);
    return 0;
}

// An even port with the odd one after it.
std::pair<std::uint16_t, std::pair<int, int>> bindPair(const std::string &host)
{
    constexpr int firstPort = 20000;
    constexpr int pairs = 14000;
    static std::atomic<int> next{::getpid() % pairs}; // players may be made on several threads
    for (int i = 0; i < pairs; ++i) {
        const auto port = std::uint16_t(firstPort + 2 * (next++ % pairs));
        const int first = bindUdp(host, port);
        const int second = first ? bindUdp(host, std::uint16_t(port + 1)) : 0;
        if (first && second)
            return {port, {first, second}};
        if (first)
            ::close(first);
    }
    throw std::runtime_error("no free UDP port pair");
}

} // namespace

RtspPlayer::RtspPlayer(std::string url, const std::string &from)
    : m_url(std::move(url))
{
    const auto parts = rtsp::parseUrl(m_url).value();
    m_host = parts.host;
    m_tcp = connectTcp(m_host, parts.port, from);
    if (parts.scheme == "rtsps")
        m_tls.emplace(m_tcp);
}

RtspPlayer::~RtspPlayer()
{
    disconnect();
    for (const UdpSocket &udp : m_udp)
        ::close(udp.fd);
}

void RtspPlayer::disconnect()
{
    if (m_tcp >= 0)
        ::close(std::exchange(m_tcp, -1));
}

void RtspPlayer::sendRaw(const std::string &bytes)
{
    const auto *data = reinterpret_cast<const std::uint8_t *>(bytes.data());
    const bool sent = m_tls
        ? m_tls->send({data, bytes.size()})
        : ::send(m_tcp, data, bytes.size(), MSG_NOSIGNAL) == ssize_t(bytes.size());
    if (!sent)
        throw std::runtime_error("the server closed the connection");
}

void RtspPlayer::logIn(std::string user, std::string password, DigestAlgorithm algorithm)
{
    m_proof.emplace();
    m_proof->user = std::move(user);
    m_proof->algorithm = algorithm;
    m_password = Secret(std::move(password));
}

std::string RtspPlayer::authorization(const std::string &method, const std::string &url) const
{
    if (!m_proof || m_proof->nonce.empty())
        return {};
    DigestProof proof = *m_proof;
    proof.uri = url;
    proof.response = digestResponse(proof, m_password, method);
    return rtsp::writeAuthorization(proof);
}

// A fresh nonce to answer with; false when there is nothing to answer.
bool RtspPlayer::noteChallenge(const rtsp::Response &response)
{
    if (!m_proof || response.status != 401)
        return false;
    for (const auto &[name, value] : response.headers.all()) {
        const std::string wanted =
            m_proof->algorithm == DigestAlgorithm::Md5 ? "algorithm=MD5" : "algorithm=SHA-256";
        const std::size_t nonce = value.find("nonce=\"");
        if (name != "WWW-Authenticate" || value.find(wanted) == std::string::npos)
            continue;
        m_proof->realm = "Heliograph";
        m_proof->nonce = value.substr(nonce + 7, value.find('"', nonce + 7) - nonce - 7);
        return true;
    }
    return false;
}

rtsp::Response RtspPlayer::request(const std::string &method, const std::string &url,
                                   const Fields &fields, const std::string &body)
{
    const bool first = m_proof && m_proof->nonce.empty();
    rtsp::Response response = send(method, url, fields, body);
    const bool stale = response.headers.find("WWW-Authenticate").value_or("").find("stale=true")
        != std::string_view::npos;
    return noteChallenge(response) && (first || stale) ? send(method, url, fields, body) : response;
}

rtsp::Response RtspPlayer::send(const std::string &method, const std::string &url,
                                const Fields &fields, const std::string &body)
{
    rtsp::Request request{method, url, "RTSP/1.0", {}, body};
    request.headers.add("CSeq", std::to_string(m_nextCseq++));
    request.headers.add("User-Agent", "Heliograph test player");
    if (!m_session.empty())
        request.headers.add("Session", m_session);
    if (const std::string proof = authorization(method, url); !proof.empty())
        request.headers.add("Authorization", proof);
    for (const auto &[name, value] : fields)
        request.headers.add(name, value);
    sendRaw(rtsp::writeRequest(request));
    return readResponse();
}

rtsp::Response RtspPlayer::readResponse()
{
    const auto end = Clock::now() + replyPatience;
    takeArrivals();
    while (m_responses.empty()) {
        if (Clock::now() > end || (!readMore(std::chrono::milliseconds(500)) && m_closed))
            throw std::runtime_error("no reply");
    }
    rtsp::Response response = std::move(m_responses.front());
    m_responses.pop_front();
    return response;
}

rtsp::Response RtspPlayer::setUp(Over over, int track)
{
    rtsp::Transport transport;
    std::pair<std::uint16_t, std::pair<int, int>> ports{};
    const auto channel = std::uint8_t(2 * track);
    if (over == Over::Tcp) {
        transport.lower = rtsp::LowerTransport::Tcp;
        transport.interleaved = rtsp::ChannelPair{channel, std::uint8_t(channel + 1)};
    } else {
        ports = bindPair(m_host);
        transport.clientPort = rtsp::PortPair{ports.first, std::uint16_t(ports.first + 1)};
        m_overUdp = true;
    }
    const auto response = request("SETUP", m_url + "/trackID=" + std::to_string(track),
                                  {{"Transport", rtsp::writeTransport(transport)}});
    if (const auto session = response.headers.find("Session"))
        m_session = rtsp::parseSession(*session).id;
    std::uint16_t serverPort = 0;
    if (const auto text = response.headers.find("Transport"))
        if (const auto reply = rtsp::parseTransports(*text); reply && (*reply)[0].serverPort)
            serverPort = (*reply)[0].serverPort->first;
    if (over == Over::Udp) {
        m_udp.push_back({channel, ports.second.first, serverPort});
        m_udp.push_back({channel + 1, ports.second.second, std::uint16_t(serverPort + 1)});
    }
    return response;
}

rtsp::Response RtspPlayer::play(Over over)
{
    const auto described = request("DESCRIBE", m_url, {{"Accept", "application/sdp"}});
    if (described.status != 200)
        throw std::runtime_error("DESCRIBE got " + std::to_string(described.status));
    m_sdp = described.body;
    for (std::size_t i = 0; i < sdp::parse(m_sdp).value().media.size(); ++i)
        if (const auto response = setUp(over, int(i)); response.status != 200)
            throw std::runtime_error("SETUP got " + std::to_string(response.status));
    return request("PLAY");
}

std::optional<std::size_t> RtspPlayer::receive(std::uint8_t *to, std::size_t most)
{
    if (m_tls)
        return m_tls->receive(to, most);
    return std::size_t(std::max<ssize_t>(0, ::recv(m_tcp, to, most, 0)));
}

bool RtspPlayer::readMore(std::chrono::milliseconds patience)
{
    const bool held = m_tcp >= 0 && m_tls && m_tls->holdsBytes();
    if (m_tcp < 0 || (!held && !isReadable(m_tcp, patience)))
        return false;
    std::uint8_t buffer[64 * 1024];
    const auto count = receive(buffer, sizeof buffer);
    if (count == 0u) {
        m_closed = true;
        return false;
    }
    m_reader.feed({buffer, count.value_or(0)});
    takeArrivals();
    return true;
}

void RtspPlayer::takeArrivals()
{
    for (;;) {
        auto arrival = m_reader.next();
        if (!arrival)
            throw std::runtime_error("the server broke the framing: " + arrival.error().detail);
        if (auto *response = std::get_if<rtsp::Response>(&*arrival))
            m_responses.push_back(std::move(*response));
        else if (auto *frame = std::get_if<rtsp::InterleavedFrame>(&*arrival))
            m_frames.push_back(std::move(*frame));
        else
            return;
    }
}

std::optional<std::vector<std::uint8_t>> RtspPlayer::popPacket(int channel)
{
    const auto found = std::find_if(m_frames.begin(), m_frames.end(), [channel](const auto &frame) {
        return frame.channel == channel;
    });
    if (found == m_frames.end())
        return std::nullopt;
    std::vector<std::uint8_t> payload = std::move(found->payload);
    m_frames.erase(found);
    return payload;
}

std::optional<std::vector<std::uint8_t>> RtspPlayer::tryPacket(int channel,
                                                               std::chrono::milliseconds patience)
{
    if (m_overUdp) {
        const auto udp = std::find_if(m_udp.begin(), m_udp.end(), [channel](const UdpSocket &s) {
            return s.channel == channel;
        });
        if (!isReadable(udp->fd, patience))
            return std::nullopt;
        std::vector<std::uint8_t> datagram(2048);
        datagram.resize(std::size_t(
            std::max<ssize_t>(0, ::recv(udp->fd, datagram.data(), datagram.size(), 0))));
        return datagram;
    }
    const auto end = Clock::now() + patience;
    for (;;) {
        if (auto packet = popPacket(channel))
            return packet;
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
        if (left.count() <= 0 || !readMore(left))
            return std::nullopt;
    }
}

std::vector<std::uint8_t> RtspPlayer::nextPacket(int channel, std::chrono::milliseconds patience)
{
    auto packet = tryPacket(channel, patience);
    if (!packet)
        throw std::runtime_error("no packet on channel " + std::to_string(channel));
    return *std::move(packet);
}

rtp::ReceivedUnit RtspPlayer::nextPicture()
{
    for (;;) {
        const auto bytes = nextPacket(0);
        const auto packet = rtp::parsePacket(bytes);
        if (!packet)
            throw std::runtime_error("not RTP: " + packet.error().detail);
        auto unit = m_depacketizer.push(*packet);
        if (!unit)
            throw std::runtime_error("not H.264 in RTP: " + unit.error().detail);
        if (*unit)
            return **std::move(unit);
    }
}

std::vector<rtcp::Report> RtspPlayer::nextReports(int channel)
{
    const auto reports = rtcp::parseCompound(nextPacket(channel, std::chrono::seconds(8)));
    if (!reports)
        throw std::runtime_error("not RTCP: " + reports.error().detail);
    return *reports;
}

void RtspPlayer::sendRtcp(const std::vector<std::uint8_t> &compound, int channel)
{
    if (!m_overUdp) {
        std::string frame = {'$', char(channel), char(compound.size() >> 8), char(compound.size())};
        sendRaw(frame.append(compound.begin(), compound.end()));
        return;
    }
    for (const UdpSocket &udp : m_udp)
        if (udp.channel == channel) {
            const net::UdpTarget to = endAt(m_host, udp.serverPort);
            ::sendto(udp.fd, compound.data(), compound.size(), 0, addressOf(to), to.length);
        }
}

int RtspPlayer::udpSocket(int channel) const
{
    const auto udp = std::find_if(m_udp.begin(), m_udp.end(),
                                  [channel](const UdpSocket &s) { return s.channel == channel; });
    return udp == m_udp.end() ? -1 : udp->fd;
}

bool RtspPlayer::isClosedWithin(std::chrono::milliseconds patience)
{
    const auto end = Clock::now() + patience;
    while (!m_closed && Clock::now() < end)
        readMore(std::chrono::milliseconds(50));
    return m_closed;
}

} // namespace heliograph::test
