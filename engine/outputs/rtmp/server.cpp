#include "outputs/rtmp/server.h"

#include "net/loop.h"
#include "net/tcp_connection.h"
#include "serve/audience.h"

#include <algorithm>

namespace heliograph::rtmp {

namespace {

constexpr std::chrono::milliseconds sweepPeriod(250);

constexpr serve::Protocols protocols = {{"RTMP", "rtmp", 1935}, {"RTMPS", "rtmps", 1936}};

} // namespace

Server::Server(const EngineContext &context)
    : m_context(context)
    , m_admission(m_context, std::make_shared<serve::Occupancy>())
    , m_guard(m_context)
    , m_doors(m_context, protocols,
              {[this](std::unique_ptr<net::TcpConnection> socket) { accept(std::move(socket)); },
               [this](std::unique_ptr<net::Connection> socket) { accept(std::move(socket)); }})
    , m_sweep(context.loop)
{
    m_sweep.every(sweepPeriod, [this] { sweep(); });
}

Server::~Server()
{
    stop();
    m_endedPlayers.clear();
    m_endedConnections.clear();
    m_connections.clear(); // players let go of their mounts
}

SettingsSchema Server::schema()
{
    SettingsSchema schema = {
        {.key = "enabled",
         .title = "Serve RTMP",
         .help = "Let players watch over RTMP, and encoders such as OBS send to Heliograph.",
         .kind = SettingKind::Toggle,
         .fallback = true},
    };
    for (SettingsSchema part : {serve::Doors::schema(protocols),
                                serve::SecureDoor::schema(protocols), serve::limitsSchema()})
        for (SettingField &field : part)
            schema.push_back(std::move(field));
    return schema;
}

Result<> Server::configure(const Settings &settings)
{
    m_thread.assertHere();
    if (auto checked = serve::Doors::check(settings); !checked)
        return checked;
    apply(settings);
    if (toggleOf(settings, "enabled"))
        return m_doors.configure(settings, m_mounts.audiences());
    m_doors.close();
    closeAll([](const Connection &) { return true; });
    return {};
}

void Server::apply(const Settings &settings)
{
    m_settings = settings;
    m_limits = serve::limitsOf(settings);
    m_admission.setLimits(m_limits);
}

void Server::addMount(Stream &stream, const PublishConfig &config)
{
    m_thread.assertHere();
    m_mounts.add(stream.mount(), std::make_unique<Mount>(m_context, stream, config));
    m_doors.follow(m_mounts.audiences());
}

void Server::removeMount(const Stream &stream, CloseReason reason)
{
    m_thread.assertHere();
    const Mount *mount = m_mounts.find(stream.mount());
    if (!mount)
        return;
    endPlayers(reason, [&](const Connection &connection) {
        return &connection.player()->mount() == mount;
    });
    m_endedPlayers.clear(); // they refer to the mount; no delivery is under way here
    m_mounts.remove(stream.mount());
    m_doors.follow(m_mounts.audiences());
}

// Their connections stay: a player may ask for something else.
void Server::endPlayers(CloseReason reason, const std::function<bool(const Connection &)> &matches)
{
    std::vector<Connection *> ending;
    for (const auto &[key, connection] : m_connections)
        if (connection->player() && matches(*connection))
            ending.push_back(key);
    for (Connection *connection : ending)
        connection->endPlayer(reason);
}

Mount *Server::findMount(const std::string &name, const Connection &client) const
{
    return m_mounts.findFor(client, name);
}

Connection *Server::findConnection(const std::function<bool(const Connection &)> &matches) const
{
    const auto found = std::find_if(m_connections.begin(), m_connections.end(),
                                    [&](const auto &entry) { return matches(*entry.second); });
    return found == m_connections.end() ? nullptr : found->first;
}

void Server::accept(std::unique_ptr<net::Connection> socket)
{
    const net::Endpoint end = socket->peer();
    const net::Address &peer = end.address;
    if (!m_admission.isHeard(peer.networkText(), m_connections.size()))
        return;
    const auto refusal = m_admission.refuseStranger({"RTMP", end.text(), {}}, peer);
    auto connection = std::make_unique<Connection>(*this, std::move(socket));
    Connection &started = *connection;
    if (refusal)
        started.refuse(*refusal);
    m_connections.emplace(&started, std::move(connection));
    started.start();
}

void Server::dropConnection(Connection &connection)
{
    const auto found = m_connections.find(&connection);
    if (found == m_connections.end())
        return;
    m_endedConnections.push_back(std::move(found->second));
    m_connections.erase(found);
    connection.endPlayer(CloseReason::Left);
    connection.endPublisher();
    buryLater();
}

void Server::bury(std::unique_ptr<Player> player)
{
    m_endedPlayers.push_back(std::move(player));
    buryLater();
}

void Server::buryLater()
{
    m_context.loop.post([this, alive = std::weak_ptr<bool>(m_alive)] {
        if (alive.expired())
            return;
        m_endedPlayers.clear();
        m_endedConnections.clear();
    });
}

void Server::sweep()
{
    m_thread.assertHere();
    m_doors.tryAgain();
    for (const auto &[name, mount] : m_mounts)
        mount->sweep();
    std::vector<Connection *> connections;
    for (const auto &[key, connection] : m_connections)
        connections.push_back(key);
    for (Connection *connection : connections) {
        connection->sweep();
        const bool banned =
            m_context.doorkeeper.judge(connection->network()) == Doorkeeper::Verdict::Banned;
        if (connection->player() && (banned || connection->link().isStuck()))
            connection->player()->close(banned ? CloseReason::Kicked : CloseReason::TooSlow);
        else if (banned || connection->isOverdue())
            connection->closeSoon();
    }
}

void Server::closeAll(const std::function<bool(const Connection &)> &matches)
{
    std::vector<Connection *> closing;
    for (const auto &[key, connection] : m_connections)
        if (matches(*connection))
            closing.push_back(key);
    for (Connection *connection : closing)
        connection->closeSoon();
}

OutputSnapshot Server::describe() const
{
    OutputSnapshot output;
    output.type = "rtmp";
    if (!m_settings.empty() && !toggleOf(m_settings, "enabled"))
        output.health.state = HealthState::Ok; // as wished
    else
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
    std::vector<Player *> watching;
    for (const auto &[key, connection] : m_connections)
        if (connection->player())
            watching.push_back(connection->player());
    for (Player *player : watching)
        visit(*player);
}

void Server::stop()
{
    if (std::exchange(m_stopping, true))
        return;
    m_sweep.cancel();
    m_doors.close();
    endPlayers(CloseReason::ShuttingDown, [](const Connection &) { return true; });
    closeAll([](const Connection &) { return true; });
}

} // namespace heliograph::rtmp
