#include "outputs/rtsp/server.h"

#include "net/tcp_connection.h"
#include "outputs/rtsp/methods.h"
#include "outputs/rtsp/multicast_settings.h"
#include "outputs/rtsp/protocol.h"
#include "serve/audience.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

constexpr std::chrono::milliseconds sweepPeriod(250);

} // namespace

Server::Server(const EngineContext &context, const std::shared_ptr<serve::Occupancy> &occupancy)
    : m_context(context)
    , m_admission(m_context, occupancy)
    , m_guard(m_context)
    , m_yard(context.loop)
    , m_doors(m_context, protocols,
              {[this](std::unique_ptr<net::TcpConnection> socket) {
                   acceptHereOrElsewhere(std::move(socket));
               },
               [this](std::unique_ptr<net::Connection> socket) { accept(std::move(socket)); }})
    , m_sweep(context.loop)
{
    m_sweep.every(sweepPeriod, [this] { sweep(); });
    for (int number = 1; context.loopNumber == 0 && number < context.loops; ++number)
        m_branches.push_back(std::make_unique<Branch>(m_context, occupancy, number, context.loops));
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
    if (auto checked = serve::Doors::check(settings); !checked)
        return checked;
    if (auto checked = checkMulticast(settings); !checked)
        return checked;
    apply(settings);
    return m_doors.configure(settings, m_mounts.audiences());
}

void Server::apply(const Settings &settings)
{
    m_settings = settings;
    m_limits = limitsOf(settings);
    m_admission.setLimits(m_limits);
    m_guard.allowBasic(toggleOf(settings, "basic"));
    m_sessionTimeout = std::chrono::seconds(integerOf(settings, "session_timeout"));
    for (const auto &[name, mount] : m_mounts)
        mount->setPacketSize(packetSize());
    for (const auto &branch : m_branches)
        branch->apply(settings);
}

std::size_t Server::packetSize() const
{
    return std::size_t(integerOf(m_settings, "packet_size"));
}

// Loops number their packets apart: each has groups of its own.
MulticastConfig Server::multicastConfig(const Mount &mount) const
{
    return multicastConfigOf(m_settings, mount.number() * m_context.loops + m_context.loopNumber);
}

// The smallest that no mount has: one that is published anew keeps its multicast group.
int Server::freeNumber() const
{
    int number = 0;
    while (std::any_of(m_mounts.begin(), m_mounts.end(),
                       [number](const auto &entry) { return entry.second->number() == number; }))
        ++number;
    return number;
}

void Server::addMount(Stream &stream, const PublishConfig &config)
{
    m_thread.assertHere();
    Mount &mount = m_mounts.add(
        stream.mount(), std::make_unique<Mount>(m_context, stream, config, freeNumber(), m_yard));
    if (!m_settings.empty())
        mount.setPacketSize(packetSize());
    for (const auto &branch : m_branches)
        branch->addMount(stream, config);
    m_doors.follow(m_mounts.audiences());
}

void Server::removeMount(const Stream &stream, CloseReason reason)
{
    m_thread.assertHere();
    const Mount *mount = m_mounts.find(stream.mount());
    if (!mount)
        return;
    for (const auto &branch : m_branches)
        branch->removeMount(stream.mount(), reason);
    std::vector<Session *> leaving;
    for (const auto &[id, session] : m_sessions)
        if (&session->mount() == mount)
            leaving.push_back(session.get());
    for (Session *session : leaving)
        endSession(*session, reason);
    m_endedSessions.clear(); // they refer to the mount; no delivery is under way here
    m_mounts.remove(stream.mount());
    m_doors.follow(m_mounts.audiences());
}

Mount *Server::findMount(const std::string &name, const Connection &client) const
{
    return m_mounts.findFor(client, name);
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
            if (setup.lane && setup.lane->rtcpPeer() == from) {
                session->receiveRtcp(setup.track, datagram);
                return;
            }
}

// All viewers of an address are on one loop: there they are counted, and find their sessions again.
void Server::acceptHereOrElsewhere(std::unique_ptr<net::TcpConnection> socket)
{
    const std::size_t loop =
        std::hash<std::string>()(socket->peer().address.networkText()) % (m_branches.size() + 1);
    if (loop == 0)
        accept(std::move(socket));
    else
        m_branches[loop - 1]->accept(socket->release());
}

void Server::accept(std::unique_ptr<net::Connection> socket)
{
    const net::Endpoint end = socket->peer();
    const net::Address &peer = end.address;
    if (!m_admission.isHeard(peer.networkText(), m_connections.size()))
        return;
    const auto refusal = m_admission.refuseStranger({"RTSP", end.text(), {}}, peer);
    auto connection = std::make_unique<Connection>(*this, std::move(socket));
    Connection &started = *connection;
    if (refusal)
        started.refuseAll(withGoodbye(503, *refusal));
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

void Server::sweep()
{
    m_thread.assertHere();
    m_doors.tryAgain();
    for (const auto &[name, mount] : m_mounts)
        mount->sweep();
    for (const auto &branch : m_branches)
        branch->noteBans(m_context.doorkeeper.banned());
    for (const auto &[key, connection] : m_connections)
        connection->noteProgress();
    std::vector<Session *> sessions;
    for (const auto &[id, session] : m_sessions)
        sessions.push_back(session.get());
    for (Session *session : sessions)
        sweepSession(*session);
    sweepConnections();
}

void Server::sweepConnections()
{
    closeAll([this](const Connection &connection) {
        return connection.isOverdue()
            || m_context.doorkeeper.judge(connection.network()) == Doorkeeper::Verdict::Banned;
    });
}

void Server::sweepSession(Session &session)
{
    if (m_context.doorkeeper.judge(session.network()) == Doorkeeper::Verdict::Banned)
        endSession(session, CloseReason::Kicked);
    else if (session.carrier() && session.carrier()->isStuck())
        endSession(session, CloseReason::TooSlow);
    else if (session.isOutdated())
        endSession(session, CloseReason::StreamEnded); // who asks again is told anew
    else if (session.isExpired())
        endSession(session, CloseReason::TimedOut);
    else
        session.sendReportsIfDue();
}

OutputSnapshot Server::describe() const
{
    OutputSnapshot output;
    output.type = "rtsp";
    m_doors.describeInto(output);
    return output;
}

std::vector<std::string> Server::urls(const std::string &name) const
{
    const Mount *mount = m_mounts.find(name);
    return mount ? m_doors.urls(name, mount->audience()) : std::vector<std::string>();
}

void Server::visitViewers(const std::function<void(Viewer &)> &visit)
{
    std::vector<Session *> watching;
    for (const auto &[id, session] : m_sessions)
        if (session->isPlaying() || session->state() == Session::State::Paused)
            watching.push_back(session.get());
    for (Session *session : watching)
        visit(*session);
    for (const auto &branch : m_branches)
        branch->visitViewers(visit);
}

bool Server::isDrained() const
{
    return m_connections.empty()
        && std::all_of(m_branches.begin(), m_branches.end(),
                       [](const auto &branch) { return branch->isDrained(); });
}

void Server::stop()
{
    if (std::exchange(m_stopping, true))
        return;
    m_sweep.cancel();
    m_doors.close();
    for (const auto &branch : m_branches)
        branch->stop();
    while (!m_sessions.empty())
        endSession(*m_sessions.begin()->second, CloseReason::ShuttingDown);
    closeAll([](const Connection &) { return true; });
}

} // namespace heliograph::rtsp
