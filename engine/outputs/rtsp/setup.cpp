// SETUP (RFC 2326 section 10.4): which track, over which transport, to which ports or channels.
#include "outputs/rtsp/connection.h"
#include "outputs/rtsp/methods.h"
#include "outputs/rtsp/server.h"
#include "outputs/rtsp/sound_choice.h"
#include "wire/rtsp/transport.h"
#include "wire/rtsp/url.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

constexpr int badRequest = 400;
constexpr int notFound = 404;
constexpr int notEnoughBandwidth = 453; // also of places for viewers
constexpr int sessionNotFound = 454;
constexpr int methodNotValid = 455;
constexpr int aggregateNotAllowed = 459;
constexpr int unsupportedTransport = 461;
constexpr int unavailable = 503;

struct Target {
    Mount *mount = nullptr;
    TrackId track = TrackId::Video;
};

// Over TLS only the connection itself will do: datagrams would leave unencrypted.
bool isSpoken(const Transport &transport, bool multicast, bool encrypted)
{
    const bool profile = transport.profile == "RTP/AVP";
    const bool mode = transport.mode.empty() || transport.mode == "PLAY";
    const bool reachable = transport.lower == LowerTransport::Tcp
        || (!encrypted && (transport.multicast ? multicast : transport.clientPort.has_value()));
    return profile && mode && reachable;
}

// The first of the client's list that we speak, in its order of preference.
const Transport *choose(const std::vector<Transport> &offered, bool multicast, bool encrypted)
{
    const auto found =
        std::find_if(offered.begin(), offered.end(), [&](const Transport &transport) {
            return isSpoken(transport, multicast, encrypted);
        });
    return found == offered.end() ? nullptr : &*found;
}

// The track that a URL names; a mount with one track needs none (R13).
std::optional<Target> findTarget(const Server &server, const Connection &connection,
                                 const Request &request)
{
    const auto url = parseUrl(request.url);
    if (!url)
        return std::nullopt;
    if (Mount *whole = server.findMount(url->path, connection)) {
        const auto tracks = chooseTracks(*whole, askedSound(request.url));
        if (tracks && tracks->size() == 1)
            return Target{whole, tracks->front()->id};
        return std::nullopt;
    }
    const TrackPath path = splitTrack(url->path);
    Mount *mount = server.findMount(path.mount, connection);
    if (!mount || path.track < 0 || path.track >= int(trackCount)
        || !mount->track(TrackId(path.track)))
        return std::nullopt;
    return Target{mount, TrackId(path.track)};
}

std::string withoutCredentials(const std::string &url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string::npos)
        return url;
    const std::size_t host = scheme + 3;
    const std::size_t at = url.substr(0, url.find('/', host)).rfind('@');
    return at == std::string::npos || at < host ? url : url.substr(0, host) + url.substr(at + 1);
}

// Ours, and where theirs are: always the address that asked (R18).
Result<> setUpUdp(TrackSetup &setup, Transport &reply, Server &server, const Connection &connection)
{
    const auto pair = server.udpPair(connection.local().address);
    if (!pair)
        return tl::unexpected(pair.error());
    const net::Address peer = connection.peer().address;
    setup.lane = std::make_unique<DatagramLane>(
        **pair, net::UdpTarget({peer, reply.clientPort->first}),
        net::UdpTarget({peer, reply.clientPort->second}), server.yard());
    reply.serverPort = PortPair{(*pair)->rtpPort(), (*pair)->rtcpPort()};
    return {};
}

// False: the channels are taken by another track of this connection.
bool setUpTcp(TrackSetup &setup, Transport &reply, const Connection &connection)
{
    const auto wanted = reply.interleaved ? reply.interleaved : connection.freeChannels();
    if (!wanted || wanted->first == wanted->second || !connection.isChannelFree(wanted->first)
        || !connection.isChannelFree(wanted->second))
        return false;
    setup.channels = *wanted;
    reply.interleaved = wanted;
    return true;
}

Transport replyTo(const Transport &chosen, std::uint32_t ssrc)
{
    Transport reply;
    reply.profile = chosen.profile;
    reply.lower = chosen.lower;
    reply.clientPort = chosen.lower == LowerTransport::Udp ? chosen.clientPort : std::nullopt;
    reply.interleaved = chosen.lower == LowerTransport::Tcp ? chosen.interleaved : std::nullopt;
    reply.ssrc = ssrc;
    return reply;
}

// What is wrong with adding this track to the session that the client named; 0: nothing.
int refusal(const Session &session, const Target &target, const Transport &chosen,
            const Connection &connection)
{
    if (&const_cast<Session &>(session).mount() != target.mount)
        return aggregateNotAllowed;
    if (session.isPlaying())
        return methodNotValid;
    const bool mixed = !session.tracks().empty()
        && (session.lower() != chosen.lower || session.isMulticast() != chosen.multicast);
    const bool elsewhere = session.carrier() && session.carrier() != &connection;
    return mixed || elsewhere ? unsupportedTransport : 0;
}

// The mount's group, when the client asks for one and the mount offers it.
std::string agentOf(const Request &request)
{
    return maskCredentials(request.headers.find("User-Agent").value_or(""));
}

MulticastGroup *multicastFor(const std::vector<Transport> &offered, Mount &mount, Server &server,
                             const Connection &connection)
{
    const bool asked = std::any_of(offered.begin(), offered.end(),
                                   [](const Transport &transport) { return transport.multicast; });
    if (!asked || connection.isEncrypted())
        return nullptr;
    const auto group = mount.multicast(server.multicastConfig(mount), connection.local().address);
    return group.value_or(nullptr);
}

Response setUpTrack(Server &server, Connection &connection, const Request &request,
                    const Target &target, const Transport &chosen, Session *session,
                    MulticastGroup *group)
{
    Transport reply = replyTo(chosen, target.mount->planner(target.track).config().ssrc);
    TrackSetup setup;
    setup.track = target.track;
    setup.url = withoutCredentials(request.url);
    if (!session)
        if (const auto full = server.admission().refuseViewer(
                target.mount->stream(), {"RTSP", connection.peer().text(), agentOf(request)},
                connection.peer().address))
            return withReason(notEnoughBandwidth, *full);
    if (chosen.lower == LowerTransport::Tcp && !setUpTcp(setup, reply, connection))
        return withStatus(badRequest);
    if (group)
        group->describe(target.track, reply);
    else if (chosen.lower == LowerTransport::Udp && !setUpUdp(setup, reply, server, connection))
        return withStatus(unavailable);
    if (!session)
        session = &server.createSession(*target.mount, connection, agentOf(request));
    session->addTrack(std::move(setup), chosen.lower, connection);
    if (group)
        session->joinGroup(*group);
    session->touch();
    connection.noteSession();
    Response response = withStatus(200);
    addSessionHeader(response, server, *session);
    response.headers.add("Transport", writeTransport(reply));
    return response;
}

} // namespace

Response answerSetup(Server &server, Connection &connection, const Request &request)
{
    const auto target = findTarget(server, connection, request);
    if (!target)
        return withStatus(notFound);
    const auto header = request.headers.find("Transport");
    const auto offered = header ? parseTransports(*header)
                                : Result<std::vector<Transport>>(failure(ErrorCode::Malformed));
    if (!offered)
        return withStatus(header ? unsupportedTransport : badRequest);
    MulticastGroup *group = multicastFor(*offered, *target->mount, server, connection);
    const Transport *chosen = choose(*offered, group != nullptr, connection.isEncrypted());
    if (!chosen)
        return withStatus(unsupportedTransport);
    Session *session = sessionOf(server, connection, request);
    if (request.headers.find("Session") && !session)
        return withStatus(sessionNotFound);
    if (session)
        if (const int status = refusal(*session, *target, *chosen, connection))
            return withStatus(status);
    return setUpTrack(server, connection, request, *target, *chosen, session,
                      chosen->multicast ? group : nullptr);
}

} // namespace heliograph::rtsp
