#include "outputs/rtsp/server.h"

#include "net/interfaces.h"
#include "net/tcp_connection.h"
#include "outputs/rtsp/methods.h"

#include <algorithm>
#include <ctime>

namespace heliograph::rtsp {

namespace {

constexpr std::chrono::milliseconds sweepPeriod(250);
constexpr int placesToWait = 64; // for answers to wrong passwords

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

} // namespace

Server::Server(const EngineContext &context, std::shared_ptr<Occupancy> occupancy)
    : m_context(context)
    , m_occupancy(std::move(occupancy))
    , m_guard(m_context)
    , m_yard(context.loop)
    , m_listeners(m_context,
                  [this](std::unique_ptr<net::TcpConnection> socket) {
                      acceptHereOrElsewhere(std::move(socket));
                  })
    , m_secureDoor(m_context,
                   [this](std::unique_ptr<net::Connection> socket) { accept(std::move(socket)); })
    , m_sweep(context.loop)
{
    m_sweep.every(sweepPeriod, [this] { sweep(); });
    for (int number = 1; context.loopNumber == 0 && number < context.loops; ++number)
        m_branches.push_back(
            std::make_unique<Branch>(m_context, m_occupancy, number, context.loops));
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
    for (const char *key : {"address", "multicast_interface", "multicast_group"})
        if (const std::string &text = textOf(settings, key);
            !text.empty() || std::string_view(key) == "multicast_group")
            if (const auto address = net::Address::parse(text); !address)
                return tl::unexpected(address.error());
    if (!net::Address::parse(textOf(settings, "multicast_group"))->isMulticastV4())
        return failure(ErrorCode::InvalidArgument,
                       "multicast_group must be an IPv4 address between 224.0.0.0 and "
                       "239.255.255.255");
    apply(settings);
    auto listening = listen();
    auto securely = m_secureDoor.configure(settings, wantedAddresses());
    return listening ? securely : listening;
}

void Server::apply(const Settings &settings)
{
    m_settings = settings;
    m_limits = limitsOf(settings);
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

Result<> Server::listen()
{
    return m_listeners.listen(wantedAddresses(), std::uint16_t(integerOf(m_settings, "port")));
}

std::vector<net::Address> Server::wantedAddresses() const
{
    if (const std::string &text = textOf(m_settings, "address"); !text.empty())
        return {net::Address::parse(text).value_or(net::Address::loopbackV4())};
    for (const auto &[name, mount] : m_mounts)
        if (mount->audience() != Audience::ThisComputer)
            return {net::Address::anyV4(), net::Address::anyV6()};
    return {net::Address::loopbackV4(), net::Address::loopbackV6()};
}

// Nobody outside can even connect while every mount is for this computer only.
void Server::followAudience()
{
    m_secureDoor.follow(wantedAddresses());
    if (!m_listeners.isOpen())
        return;
    if (const auto moved = listen(); !moved)
        m_context.notices.post(NoticeLevel::Problem, Notice::Event::OutputFailed, "RTSP", {},
                               moved.error());
}

MulticastConfig Server::multicastConfig(const Mount &mount) const
{
    MulticastConfig config;
    config.group =
        net::Address::parse(textOf(m_settings, "multicast_group")).value_or(net::Address());
    config.ttl = std::uint8_t(integerOf(m_settings, "multicast_ttl"));
    config.port = std::uint16_t(integerOf(m_settings, "multicast_port"));
    if (const std::string &text = textOf(m_settings, "multicast_interface"); !text.empty())
        config.interface = net::Address::parse(text).value_or(net::Address());
    // Loops number their packets apart: each has groups of its own.
    const int offset = mount.number() * m_context.loops + m_context.loopNumber;
    config.group.octets[3] = std::uint8_t(config.group.octets[3] + offset % 200);
    return config;
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
    m_mounts[stream.mount()] =
        std::make_unique<Mount>(m_context, stream, config, freeNumber(), m_yard);
    if (!m_settings.empty())
        m_mounts[stream.mount()]->setPacketSize(packetSize());
    for (const auto &branch : m_branches)
        branch->addMount(stream, config);
    followAudience();
}

void Server::removeMount(const Stream &stream, CloseReason reason)
{
    m_thread.assertHere();
    const auto mount = m_mounts.find(stream.mount());
    if (mount == m_mounts.end())
        return;
    for (const auto &branch : m_branches)
        branch->removeMount(stream.mount(), reason);
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
    return here || mount->second->audience() != Audience::ThisComputer ? mount->second.get()
                                                                       : nullptr;
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
    ++m_occupancy->viewers;
    ++*mount.stream().config().viewers;
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
    --m_occupancy->viewers;
    --*session.mount().stream().config().viewers;
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
            if (setup.lane && setup.lane->rtcpPeer() == from) {
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

std::shared_ptr<void> Server::placeToWait() const
{
    return m_placesToWait.use_count() > placesToWait ? nullptr : m_placesToWait;
}

std::optional<Response> Server::refuseViewer(const Mount &mount, const Connection &connection)
{
    const auto fromAddress = std::count_if(m_sessions.begin(), m_sessions.end(), [&](auto &entry) {
        return entry.second->network() == connection.network(); // all of an address are on one loop
    });
    const auto isOver = [](int count, int limit) { return limit > 0 && count >= limit; };
    const char *sentence = nullptr;
    if (isOver(m_occupancy->viewers, m_limits.viewers))
        sentence = "every place on this server is taken; try again later";
    else if (isOver(*mount.stream().config().viewers, m_limits.viewersPerMount))
        sentence = "every place on this stream is taken; try again later";
    else if (isOver(int(fromAddress), m_limits.viewersPerAddress))
        sentence = "too many viewers at your address; close one of them first";
    if (!sentence)
        return std::nullopt;
    m_context.notices.post(NoticeLevel::Warning, Notice::Event::ViewerRefused,
                           connection.peer().address.text(), mount.stream().mount());
    return withReason(453, sentence);
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

// Past twice the places nobody is even heard: refusing costs something, too.
void Server::accept(std::unique_ptr<net::Connection> socket)
{
    const std::string network = socket->peer().address.networkText();
    const std::size_t most = std::size_t(m_limits.viewers) + 2 * std::size_t(m_limits.strangers);
    if (m_context.doorkeeper.judge(network) != Doorkeeper::Verdict::Welcome
        || m_connections.size() >= most)
        return;
    auto connection = std::make_unique<Connection>(*this, std::move(socket));
    Connection &started = *connection;
    if (isCrowded(started)) {
        m_context.notices.post(NoticeLevel::Warning, Notice::Event::StrangerRefused,
                               started.peer().address.text());
        started.refuseAll(withGoodbye(503, "too many connections wait here; try again later"));
    }
    m_connections.emplace(&started, std::move(connection));
    started.start();
}

bool Server::isCrowded(const Connection &newcomer) const
{
    int strangers = 0;
    int fromAddress = 0;
    for (const auto &[key, connection] : m_connections) {
        if (!connection->isStranger())
            continue;
        ++strangers;
        fromAddress += connection->network() == newcomer.network() ? 1 : 0;
    }
    return strangers >= m_limits.strangers || fromAddress >= m_limits.strangersPerAddress;
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
    if (m_listeners.tryAgain())
        m_context.notices.post(NoticeLevel::Information, Notice::Event::OutputRecovered, "RTSP");
    m_secureDoor.tryAgain();
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
    else if (session.isExpired())
        endSession(session, CloseReason::TimedOut);
    else
        session.sendReportsIfDue();
}

OutputSnapshot Server::describe() const
{
    OutputSnapshot output;
    output.type = "rtsp";
    output.health = m_listeners.health();
    if (m_listeners.isOpen()) {
        output.address = m_listeners.first().text();
        output.port = m_listeners.port();
    }
    m_secureDoor.describeInto(output);
    return output;
}

std::vector<std::string> Server::urls(const std::string &name) const
{
    const auto mount = m_mounts.find(name);
    if (mount == m_mounts.end())
        return {};
    std::vector<std::string> urls = urlsOf(m_listeners, "rtsp", *mount->second);
    for (std::string &url : urlsOf(m_secureDoor.listeners(), "rtsps", *mount->second))
        urls.push_back(std::move(url));
    return urls;
}

std::vector<std::string> Server::urlsOf(const Listeners &listeners, const char *scheme,
                                        const Mount &mount) const
{
    if (!listeners.isOpen())
        return {};
    const auto urlAt = [&](const net::Address &address) {
        return std::string(scheme) + "://" + net::Endpoint{address, listeners.port()}.text() + "/"
            + mount.stream().mount();
    };
    const net::Address first = listeners.first().address;
    if (!first.isUnspecified())
        return {urlAt(first)};
    if (mount.audience() == Audience::ThisComputer)
        return {urlAt(net::Address::loopbackV4())};
    const auto listening = listeners.addresses();
    std::vector<std::string> urls;
    for (const net::Address &address : net::reachableAddresses())
        if (std::any_of(listening.begin(), listening.end(),
                        [&](const net::Address &own) { return own.v6 == address.v6; }))
            urls.push_back(urlAt(address));
    if (urls.empty()) // no network at the moment
        urls.push_back(urlAt(net::Address::loopbackV4()));
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
    m_listeners.close();
    for (const auto &branch : m_branches)
        branch->stop();
    m_secureDoor.close();
    while (!m_sessions.empty())
        endSession(*m_sessions.begin()->second, CloseReason::ShuttingDown);
    closeAll([](const Connection &) { return true; });
}

} // namespace heliograph::rtsp
