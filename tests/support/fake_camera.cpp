#include "support/fake_camera.h"

#include "core/clock.h"
#include "media/h264.h"
#include "support/h264_feed.h"
#include "wire/rtp/rtcp.h"
#include "wire/rtp/rtp_packet.h"
#include "wire/rtsp/authorization.h"
#include "wire/rtsp/reader.h"
#include "wire/text.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <stdexcept>

namespace heliograph::test {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto pictureStep = 40ms;
constexpr int picturesInGop = 25;
constexpr int soundRate = 48000;
constexpr const char *session = "12345678";

// SPS and PPS of a 160x120 stream.
std::vector<std::uint8_t> otherSets()
{
    return {0,    0,    0,    1, 0x67, 0x42, 0xc0, 0x0b, 0xd9, 0x02, 0x84, 0x7e,
            0x5c, 0x04, 0x40, 0, 0,    3,    0,    0x40, 0,    0,    0x0c, 0x83,
            0xc5, 0x0a, 0x92, 0, 0,    0,    1,    0x68, 0xcb, 0x83, 0xcb, 0x20};
}

sockaddr_in local(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// Bound to any port of this computer.
int openSocket(int type)
{
    const int fd = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
    sockaddr_in address = local(0);
    if (fd < 0 || ::bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        throw std::runtime_error("the camera has no socket");
    return fd;
}

std::uint16_t portOf(int fd)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size);
    return ntohs(address.sin_port);
}

struct Flow { // one track on its way to one client
    bool isTcp = true;
    std::uint8_t channel = 0;
    std::uint16_t clientPort = 0;
    std::uint16_t sequence = 1;
    std::uint32_t packets = 0;
};

struct Client {
    Client(int socket, int count)
        : fd(socket)
        , number(count)
    {
    }

    int fd = -1;
    int number = 0; // of its connection
    rtsp::Reader reader{rtsp::ReaderLimits()};
    std::optional<Flow> pictures;
    std::optional<Flow> sound;
    bool isPlaying = false;
    bool isOver = false;
    bool isFirst = true; // the next picture is
};

} // namespace

struct FakeCamera::Inside {
    explicit Inside(FakeCamera &camera)
        : owner(camera)
        , manner(camera.m_manner)
        , listener(openSocket(SOCK_STREAM))
        , rtp(openSocket(SOCK_DGRAM))
        , rtcp(openSocket(SOCK_DGRAM))
        , other(openSocket(SOCK_DGRAM))
    {
        ::listen(listener, 8);
    }
    ~Inside()
    {
        for (Client &client : clients)
            ::close(client.fd);
        for (const int fd : {listener, rtp, rtcp, other})
            ::close(fd);
    }

    void turn()
    {
        std::vector<pollfd> polls = {{listener, POLLIN, 0}};
        for (const Client &client : clients)
            polls.push_back({client.fd, POLLIN, 0});
        ::poll(polls.data(), polls.size(), 5);
        for (std::size_t i = 0; i < clients.size(); ++i)
            if (polls[i + 1].revents)
                receive(clients[i]);
        if (polls[0].revents)
            clients.emplace_back(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC),
                                 ++connections);
        if (owner.m_hangUp.exchange(false))
            for (Client &client : clients)
                client.isOver = true;
        std::erase_if(clients, [](const Client &client) {
            if (client.isOver)
                ::close(client.fd);
            return client.isOver;
        });
        if (Clock::now() >= nextPicture)
            sendMedia();
    }

    void receive(Client &client)
    {
        std::uint8_t bytes[4096];
        const auto count = ::recv(client.fd, bytes, sizeof bytes, 0);
        if (count <= 0) {
            client.isOver = true;
            return;
        }
        client.reader.feed({bytes, std::size_t(count)});
        for (;;) {
            const auto arrival = client.reader.next();
            if (!arrival || std::holds_alternative<rtsp::NeedMore>(*arrival))
                break;
            if (const auto *request = std::get_if<rtsp::Request>(&*arrival))
                answer(client, *request);
            else if (std::holds_alternative<rtsp::InterleavedFrame>(*arrival))
                ++owner.m_reports;
        }
    }

    void answer(Client &client, const rtsp::Request &request)
    {
        const auto header = [&](std::string_view name) {
            return std::string(request.headers.find(name).value_or(""));
        };
        {
            const std::lock_guard lock(owner.m_mutex);
            owner.m_heard.push_back({request.method, request.url, header("Transport"),
                                     header("Authorization"), Clock::now()});
        }
        if (request.method == "SETUP" && owner.count("SETUP") <= manner.setUpsToHangUpAt)
            client.isOver = true;
        if (manner.neverAnswers || owner.m_hangs || client.isOver)
            return;
        std::this_thread::sleep_for(manner.silence);
        rtsp::Response response =
            isLoggedIn(client, request) ? respond(client, request) : challenge(client);
        response.headers.add("CSeq", header("CSeq"));
        const std::string text = rtsp::writeResponse(response);
        ::send(client.fd, text.data(), text.size(), MSG_NOSIGNAL);
        if (response.status == 401 && manner.hangsUpBehind401)
            client.isOver = true;
        if (request.method == "TEARDOWN")
            client.isOver = true;
        client.isPlaying = client.isPlaying || (request.method == "PLAY" && response.status == 200);
    }

    bool isLoggedIn(const Client &client, const rtsp::Request &request)
    {
        if (manner.login == CameraManner::Login::None)
            return true;
        const auto said = rtsp::parseAuthorization(
            std::string(request.headers.find("Authorization").value_or("")));
        if (!said)
            return false;
        if (manner.login == CameraManner::Login::Basic) {
            const auto *basic = std::get_if<BasicCredentials>(&*said);
            return basic && basic->user == manner.user && proves(*basic, Secret(manner.password));
        }
        const auto *proof = std::get_if<DigestProof>(&*said);
        const bool isRight = proof && proof->user == manner.user && proof->realm == "Fake camera"
            && proof->algorithm == manner.algorithm && (!manner.qop || proof->qop == "auth")
            && (!manner.ownNonces || proof->nonce == nonceOf(client))
            && proves(*proof, Secret(manner.password), request.method);
        isStale = isRight && manner.staleOnce && proof->nonce == "nonce-1";
        return isRight && !isStale;
    }

    std::string nonceOf(const Client &client) const
    {
        if (manner.ownNonces)
            return "nonce-of-" + std::to_string(client.number);
        return isStale ? "nonce-2" : "nonce-1";
    }

    rtsp::Response challenge(const Client &client) const
    {
        rtsp::Response response;
        response.status = 401;
        if (manner.login == CameraManner::Login::Basic) {
            response.headers.add("WWW-Authenticate", rtsp::writeBasicChallenge("Fake camera"));
            return response;
        }
        std::string text =
            rtsp::writeDigestChallenge({"Fake camera", nonceOf(client), isStale}, manner.algorithm);
        if (manner.qop)
            text += ", qop=\"auth,auth-int\"";
        response.headers.add("WWW-Authenticate", text);
        return response;
    }

    rtsp::Response respond(Client &client, const rtsp::Request &request)
    {
        rtsp::Response response;
        response.headers.add("Server", "Fake camera");
        if (request.method == "OPTIONS")
            response.headers.add("Public", manner.methods);
        else if (request.method == "DESCRIBE")
            describe(response, request);
        else if (request.method == "SETUP")
            setUp(client, response, request);
        else if (manner.methods.find(request.method) == std::string::npos)
            response.status = 501;
        if (request.method != "OPTIONS" && request.method != "DESCRIBE")
            response.headers.add("Session", sessionText());
        return response;
    }

    std::string sessionText() const
    {
        return manner.timeout == 0 ? std::string(session)
                                   : session + (";timeout=" + std::to_string(manner.timeout));
    }

    void describe(rtsp::Response &response, const rtsp::Request &request) const
    {
        const std::string url = owner.url();
        const bool isHere = request.url == url || request.url == url + "/";
        if (!isHere) {
            response.status = manner.redirect.empty() ? 404 : 302;
            if (!manner.redirect.empty())
                response.headers.add("Location", manner.redirect);
            return;
        }
        if (manner.base != "none")
            response.headers.add("Content-Base", manner.base.empty() ? url + "/" : manner.base);
        if (!manner.location.empty())
            response.headers.add("Content-Location", manner.location);
        response.headers.add("Content-Type", "application/sdp");
        response.body = description();
    }

    std::string description() const
    {
        std::string text = "v=0\r\n" + manner.origin + "\r\ns=Fake\r\nt=0 0\r\n";
        if (manner.pictures) {
            text += "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";
            if (!manner.format.empty())
                text += "a=fmtp:96 " + manner.format + "\r\n";
            text += "a=control:" + manner.control + "\r\n";
        }
        if (manner.sound)
            text += "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 mpeg4-generic/48000/2\r\na=fmtp:97 "
                + manner.soundFormat + "\r\na=control:trackID=1\r\n";
        return text;
    }

    void setUp(Client &client, rtsp::Response &response, const rtsp::Request &request)
    {
        const std::string wanted(request.headers.find("Transport").value_or(""));
        const bool wantsTcp = wanted.find("/TCP") != std::string::npos;
        const bool isSound = manner.sound && request.url.ends_with("trackID=1");
        const bool isKnown = isSound || request.url == trackUrl();
        if (!isKnown)
            response.status = 404;
        else if (wantsTcp ? !manner.tcp : !manner.udp)
            response.status = 461;
        if (response.status != 200)
            return;
        Flow flow;
        flow.isTcp = wantsTcp;
        flow.channel = std::uint8_t(numberBehind(wanted, "interleaved="));
        flow.clientPort = std::uint16_t(numberBehind(wanted, "client_port="));
        (isSound ? client.sound : client.pictures) = flow;
        const std::string ports = manner.tellsServerPorts
            ? ";server_port=" + std::to_string(portOf(rtp)) + "-" + std::to_string(portOf(rtcp))
            : "";
        response.headers.add("Transport", wantsTcp ? wanted : wanted + ports);
    }

    // Where a client must come to by the base and the control that it was told.
    std::string trackUrl() const
    {
        if (manner.control.starts_with("rtsp://"))
            return manner.control;
        const std::string base = manner.base.empty() || manner.base == "none"
            ? (!manner.location.empty() ? manner.location : owner.url())
            : manner.base;
        const bool needsSlash = !base.ends_with('/');
        return base + (needsSlash ? "/" : "") + manner.control;
    }

    static int numberBehind(const std::string &text, const std::string &key)
    {
        const auto at = text.find(key);
        return at == std::string::npos ? 0 : std::atoi(text.c_str() + at + key.size());
    }

    void sendMedia()
    {
        nextPicture += pictureStep;
        ++pictures;
        for (Client &client : clients) {
            if (!client.isPlaying)
                continue;
            if (client.pictures && owner.m_pictures)
                sendPicture(client);
            if (client.sound && owner.m_sound)
                sendSound(client);
            if (pictures % picturesInGop == 1 && client.pictures)
                sendReport(client, *client.pictures, rtpTime(90000), 0x11);
            if (pictures % picturesInGop == 1 && client.sound)
                sendReport(client, *client.sound, rtpTime(soundRate), 0x22);
        }
    }

    std::uint32_t rtpTime(int rate) const
    {
        const std::int64_t elapsed = pictures * pictureStep.count() + owner.m_jump;
        return std::uint32_t(0xffff0000 + elapsed * rate / 1000);
    }

    void sendPicture(Client &client)
    {
        const bool isKey = std::exchange(client.isFirst, false) || pictures % picturesInGop == 0;
        const auto picture = isKey
            ? pictureOf(owner.m_otherSps ? otherSets() : parameterSets(), slice(0x65, 900))
            : interPicture(400);
        const auto nals = h264::splitAnnexB(picture);
        for (const ByteSpan nal : nals)
            sendPacket(client, *client.pictures, 96, 0x11, rtpTime(90000),
                       nal.data() == nals.back().data(), nal);
    }

    // Two frames in a packet, as cameras send them.
    void sendSound(Client &client)
    {
        std::vector<std::uint8_t> payload = {
            0, 32, 32 >> 5, (32 << 3) & 0xff, 32 >> 5, (32 << 3) & 0xff};
        payload.insert(payload.end(), 64, 0x21);
        sendPacket(client, *client.sound, 97, 0x22, rtpTime(soundRate), true, payload);
    }

    void sendPacket(Client &client, Flow &flow, std::uint8_t type, std::uint32_t ssrc,
                    std::uint32_t time, bool marker, ByteSpan payload)
    {
        std::vector<std::uint8_t> packet(rtp::headerSize);
        rtp::writeHeader(std::span<std::uint8_t, rtp::headerSize>(packet),
                         {marker, type, flow.sequence++, time, ssrc});
        packet.insert(packet.end(), payload.begin(), payload.end());
        ++flow.packets;
        deliver(client, flow, packet, false);
    }

    void sendReport(Client &client, Flow &flow, std::uint32_t time, std::uint32_t ssrc)
    {
        const WallTime wall =
            SystemClock().wallNow() + std::chrono::milliseconds(owner.m_ahead.load());
        deliver(
            client, flow,
            rtcp::writeSenderReport({ssrc, rtcp::toNtp(wall), time, flow.packets, 0, {}}, "fake"),
            true);
    }

    void deliver(Client &client, const Flow &flow, ByteSpan packet, bool isReport)
    {
        if (!flow.isTcp) {
            const sockaddr_in to = local(std::uint16_t(flow.clientPort + (isReport ? 1 : 0)));
            const int from = manner.sendsFromOtherPort ? other : isReport ? rtcp : rtp;
            if (!manner.udpIsSilent)
                ::sendto(from, packet.data(), packet.size(), 0,
                         reinterpret_cast<const sockaddr *>(&to), sizeof to);
            return;
        }
        std::vector<std::uint8_t> frame = {'$', std::uint8_t(flow.channel + (isReport ? 1 : 0)),
                                           std::uint8_t(packet.size() >> 8),
                                           std::uint8_t(packet.size())};
        frame.insert(frame.end(), packet.begin(), packet.end());
        ::send(client.fd, frame.data(), frame.size(), MSG_NOSIGNAL);
    }

    FakeCamera &owner;
    const CameraManner &manner;
    const int listener;
    const int rtp;
    const int rtcp;
    const int other;
    std::vector<Client> clients;
    int connections = 0;
    bool isStale = false;
    std::int64_t pictures = 0;
    Clock::time_point nextPicture = Clock::now();
};

FakeCamera::FakeCamera(CameraManner manner)
    : m_manner(std::move(manner))
    , m_inside(std::make_unique<Inside>(*this))
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

FakeCamera::~FakeCamera() = default;

void FakeCamera::run(const std::stop_token &stop)
{
    while (!stop.stop_requested())
        m_inside->turn();
}

std::string FakeCamera::url() const
{
    return "rtsp://127.0.0.1:" + std::to_string(port()) + m_manner.path;
}

std::uint16_t FakeCamera::port() const
{
    return portOf(m_inside->listener);
}

std::vector<FakeCamera::Heard> FakeCamera::heard() const
{
    const std::lock_guard lock(m_mutex);
    return m_heard;
}

std::size_t FakeCamera::count(const std::string &method) const
{
    std::size_t count = 0;
    for (const Heard &each : heard())
        count += each.method == method ? 1 : 0;
    return count;
}

} // namespace heliograph::test
