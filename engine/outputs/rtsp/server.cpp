#include "outputs/rtsp/server.h"

#include "net/interfaces.h"

#include <ctime>

namespace heliograph::rtsp {

namespace {

constexpr std::chrono::milliseconds sweepPeriod(250);
constexpr std::chrono::milliseconds listenPause(5000);

Notice::Event eventOf(CloseReason reason)
{
    switch (reason) {
    case CloseReason::Kicked:
        return Notice::Event::ViewerKicked;
    case CloseReason::TimedOut:
        return Notice::Event::ViewerTimedOut;
    case CloseReason::TooSlow:
        return Notice::Event::ViewerTooSlow;
    default:
        return Notice::Event::ViewerLeft;
    }
}

NoticeLevel levelOf(CloseReason reason)
{
    return reason == CloseReason::TooSlow ? NoticeLevel::Warning : NoticeLevel::Information;
}

std::string httpDate(WallTime wall)
{
    const auto seconds =
        std::time_t(std::chrono::duration_cast<std::chrono::seconds>(wall).count());
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    char text[64] = {};
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    return text;
}

std::string rtspUrl(const net::Address &address, std::uint16_t port, const std::string &mount)
{
    return "rtsp://" + net::Endpoint{address, port}.text() + "/" + mount;
}

} // namespace

Server::Server(const EngineContext &context)
    : m_context(context)
    , m_sweep(context.loop)
{
    m_sweep.every(sweepPeriod, [this] { sweep(); });
}

Server::~Server()
{
    stop();
    // Sessions leave their mounts and connections: they go first.
    m_sessions.clear();
    m_endedSessions.clear();
}

Result<> Server::configure(const Settings &settings)
{
    m_thread.assertHere();
    const bool moves = !m_listener || integerOf(settings, "port") != integerOf(m_settings, "port")
        || textOf(settings, "address") != textOf(m_settings, "address");
    if (const std::string &text = textOf(settings, "address"); !text.empty())
        if (const auto address = net::Address::parse(text); !address)
            return tl::unexpected(address.error());
    m_settings = settings;
    m_sessionTimeout = std::chrono::seconds(integerOf(settings, "session_timeout"));
    return moves ? listen(wantedAddress(), std::uint16_t(integerOf(settings, "port"))) : Result<>();
}

Result<> Server::listen(const net::Address &address, std::uint16_t port)
{
    // Two listeners cannot hold a port on overlapping addresses: the old one goes first.
    m_listener.reset();
    auto listener = net::TcpListener::listen(
        m_context.loop, {address, port},
        [this](std::unique_ptr<net::TcpConnection> socket) { accept(std::move(socket)); });
    m_health.since = WallClock::now();
    m_health.state = listener ? HealthState::Ok : HealthState::Retrying;
    m_health.error = listener ? std::nullopt : std::optional(listener.error());
    m_health.retryIn = listener ? std::chrono::milliseconds(0) : listenPause;
    m_nextListen = m_context.clock.now() + listenPause;
    if (!listener)
        return tl::unexpected(listener.error());
    m_listener = *std::move(listener);
    m_context.log.info("rtsp listens on {}", m_listener->local().text());
    return {};
}

net::Address Server::wantedAddress() const
{
    if (const std::string &text = textOf(m_settings, "address"); !text.empty())
        return net::Address::parse(text).value_or(net::Address::loopbackV4());
    for (const auto &[name, mount] : m_mounts)
        if (mount->audience() == Audience::MyNetwork)
            return net::Address::anyV4();
    return net::Address::loopbackV4();
}

// Nobody outside can even connect while every mount is for this computer only.
void Server::followAudience()
{
    if (!m_listener || m_listener->local().address == wantedAddress())
        return;
    const std::uint16_t port = m_listener->local().port;
    if (const auto moved = listen(wantedAddress(), port); !moved)
        m_context.notices.post(NoticeLevel::Problem, Notice::Event::OutputFailed, "RTSP", {},
                               moved.error());
}

void Server::addMount(Stream &stream, Audience audience)
{
    m_thread.assertHere();
    m_mounts[stream.mount()] = std::make_unique<Mount>(m_context, stream, audience);
    followAudience();
}

void Server::removeMount(const Stream &stream, CloseReason reason)
{
    m_thread.assertHere();
    const auto mount = m_mounts.find(stream.mount());
    if (mount == m_mounts.end())
        return;
    std::vector<Session *> leaving;
    for (const auto &[id, session] : m_sessions)
        if (&session->mount() == mount->second.get())
            leaving.push_back(session.get());
    for (Session *session : leaving)
        endSession(*session, reason);
    m_endedSessions.clear(); // they refer to the mount; no delivery is under way here
    m_mounts.erase(mount);
    followAudience();
}

Mount *Server::findMount(const std::string &name, const Connection &client) const
{
    const auto mount = m_mounts.find(name);
    if (mount == m_mounts.end())
        return nullptr;
    const bool here =
        client.peer().address.isLoopback() || client.peer().address == client.local().address;
    return here || mount->second->audience() == Audience::MyNetwork ? mount->second.get() : nullptr;
}

Session *Server::findSession(const std::string &id) const
{
    const auto session = m_sessions.find(id);
    return session == m_sessions.end() ? nullptr : session->second.get();
}

Session &Server::createSession(Mount &mount, Connection &creator, std::string userAgent)
{
    // 128 random bits (RFC 2326 section 3.4 asks for eight octets).
    std::string id =
        fmt::format("{:016x}{:016x}", m_context.random.next64(), m_context.random.next64());
    auto session = std::make_unique<Session>(*this, mount, id, creator, std::move(userAgent));
    return *(m_sessions[id] = std::move(session));
}

void Server::endSession(Session &session, CloseReason reason)
{
    const auto found = m_sessions.find(session.id());
    if (found == m_sessions.end())
        return;
    // Out of the map first: a goodbye that cannot be sent drops the connection, which ends its
    // sessions.
    m_endedSessions.push_back(std::move(found->second));
    m_sessions.erase(found);
    Connection *carrier = session.carrier();
    session.finish(reason);
    if (carrier && reason != CloseReason::Left)
        carrier->closeSoon();
    else if (reason == CloseReason::Kicked)
        closeConnectionsOf(session.peer());
    buryLater();
}

// A UDP viewer's control connection: kicked means out.
void Server::closeConnectionsOf(const net::Endpoint &peer)
{
    closeAll([&](const Connection &connection) { return connection.peer() == peer; });
}

// A connection with nothing to send leaves the map at once: it is not walked meanwhile.
void Server::closeAll(const std::function<bool(const Connection &)> &matches)
{
    std::vector<Connection *> closing;
    for (const auto &[key, connection] : m_connections)
        if (matches(*connection))
            closing.push_back(key);
    for (Connection *connection : closing)
        connection->closeSoon();
}

void Server::noteLeaving(const Session &session, CloseReason reason)
{
    m_context.notices.post(levelOf(reason), eventOf(reason), session.who(), session.mountName());
}

Result<net::UdpPair *> Server::udpPair(const net::Address &local)
{
    auto &pair = m_udp[local.text()];
    if (!pair) {
        auto bound = net::UdpPair::bind(
            m_context.loop, local,
            [this](ByteSpan datagram, const net::Endpoint &from) { receiveRtcp(datagram, from); });
        if (!bound)
            return tl::unexpected(bound.error());
        pair = *std::move(bound);
    }
    return pair.get();
}

// Only from the address and port that a session named as its own.
void Server::receiveRtcp(ByteSpan datagram, const net::Endpoint &from)
{
    for (const auto &[id, session] : m_sessions)
        for (const TrackSetup &setup : session->tracks())
            if (setup.ports && setup.rtcp == from) {
                session->receiveRtcp(setup.track, datagram);
                return;
            }
}

void Server::stamp(Response &response, std::string_view cseq) const
{
    Headers headers;
    if (!cseq.empty())
        headers.add("CSeq", std::string(cseq));
    headers.add("Server", "Heliograph");
    headers.add("Date", httpDate(m_context.clock.wallNow()));
    for (const auto &[name, value] : response.headers.all())
        headers.add(name, value);
    response.headers = std::move(headers);
}

void Server::accept(std::unique_ptr<net::TcpConnection> socket)
{
    auto connection = std::make_unique<Connection>(*this, std::move(socket));
    Connection &started = *connection;
    m_connections.emplace(&started, std::move(connection));
    started.start();
}

void Server::dropConnection(Connection &connection)
{
    const auto found = m_connections.find(&connection);
    if (found == m_connections.end())
        return;
    const std::vector<Session *> carried = connection.carried();
    m_endedConnections.push_back(std::move(found->second));
    m_connections.erase(found);
    for (Session *session : carried)
        endSession(*session, CloseReason::Left);
    buryLater();
}

void Server::buryLater()
{
    m_context.loop.post([this, alive = std::weak_ptr<bool>(m_alive)] {
        if (alive.expired())
            return;
        m_endedSessions.clear();
        m_endedConnections.clear();
    });
}

// The port may be free by now, the address back.
void Server::listenAgain()
{
    if (m_listener || m_settings.empty() || m_context.clock.now() < m_nextListen)
        return;
    if (listen(wantedAddress(), std::uint16_t(integerOf(m_settings, "port"))))
        m_context.notices.post(NoticeLevel::Information, Notice::Event::OutputRecovered, "RTSP");
}

void Server::sweep()
{
    m_thread.assertHere();
    listenAgain();
    std::vector<Session *> sessions;
    for (const auto &[id, session] : m_sessions)
        sessions.push_back(session.get());
    for (Session *session : sessions)
        sweepSession(*session);
}

void Server::sweepSession(Session &session)
{
    if (session.carrier() && session.carrier()->isStuck())
        endSession(session, CloseReason::TooSlow);
    else if (session.isExpired())
        endSession(session, CloseReason::TimedOut);
    else
        session.sendReportsIfDue();
}

OutputSnapshot Server::describe() const
{
    OutputSnapshot output;
    output.type = "rtsp";
    output.health = m_health;
    if (m_listener) {
        output.address = m_listener->local().text();
        output.port = m_listener->local().port;
    }
    return output;
}

std::vector<std::string> Server::urls(const std::string &name) const
{
    const auto mount = m_mounts.find(name);
    if (!m_listener || mount == m_mounts.end())
        return {};
    const net::Endpoint local = m_listener->local();
    if (mount->second->audience() == Audience::ThisComputer && local.address.isUnspecified())
        return {rtspUrl(net::Address::loopbackV4(), local.port, name)};
    if (!local.address.isUnspecified())
        return {rtspUrl(local.address, local.port, name)};
    std::vector<std::string> urls;
    for (const net::Address &address : net::reachableAddresses())
        if (address.v6 == local.address.v6)
            urls.push_back(rtspUrl(address, local.port, name));
    if (urls.empty()) // no network at the moment
        urls.push_back(rtspUrl(net::Address::loopbackV4(), local.port, name));
    return urls;
}

void Server::visitViewers(const std::function<void(Viewer &)> &visit)
{
    std::vector<Session *> watching;
    for (const auto &[id, session] : m_sessions)
        if (session->isPlaying() || session->state() == Session::State::Paused)
            watching.push_back(session.get());
    for (Session *session : watching)
        visit(*session);
}

void Server::stop()
{
    if (std::exchange(m_stopping, true))
        return;
    m_sweep.cancel();
    m_listener.reset();
    while (!m_sessions.empty())
        endSession(*m_sessions.begin()->second, CloseReason::ShuttingDown);
    closeAll([](const Connection &) { return true; });
}

} // namespace heliograph::rtsp
