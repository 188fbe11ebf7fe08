#include "outputs/rtsp/branch.h"

#include "net/tcp_connection.h"
#include "outputs/rtsp/server.h"

#include <algorithm>
#include <future>

namespace heliograph::rtsp {

namespace {

constexpr std::chrono::milliseconds reportPeriod(250);

// A viewer of the branch as the main loop sees it.
class RemoteViewer final : public Viewer {
public:
    RemoteViewer(const ViewerSnapshot &snapshot, std::function<void(CloseReason)> close)
        : m_snapshot(snapshot)
        , m_close(std::move(close))
    {
    }
    ViewerSnapshot describe() const override { return m_snapshot; }
    void close(CloseReason reason) override { m_close(reason); }

private:
    const ViewerSnapshot &m_snapshot;
    std::function<void(CloseReason)> m_close;
};

} // namespace

struct Branch::Inside {
    Inside(Branch &branch, const std::shared_ptr<serve::Occupancy> &occupancy, int number,
           int loops)
        : owner(branch)
        , viewerIds(std::uint64_t(number), std::uint64_t(loops))
        , notices(branch.m_main.clock)
        , doorkeeper(branch.m_main.clock)
        , context{branch.m_loop,
                  branch.m_main.clock,
                  branch.m_main.random,
                  branch.m_main.log,
                  notices,
                  viewerIds,
                  doorkeeper,
                  branch.m_main.desk,
                  branch.m_main.hooks,
                  loops,
                  number}
        , server(std::make_unique<Server>(context, occupancy))
        , reportTimer(branch.m_loop)
        , mainAlive(branch.m_alive)
    {
        reportTimer.every(reportPeriod, [this] { report(); });
    }

    void report()
    {
        auto viewers = std::make_shared<std::vector<ViewerSnapshot>>();
        server->visitViewers([&](Viewer &viewer) { viewers->push_back(viewer.describe()); });
        owner.m_viewers.set(std::move(viewers));
        owner.m_drained = server->isDrained();
        reportNotices();
    }

    // To the main loop's board, each as often as it happened.
    void reportNotices()
    {
        std::vector<Notice> fresh;
        for (const Notice &notice : notices.all())
            if (notice.id > toldId || (notice.id == toldId && notice.count > toldCount))
                fresh.push_back(notice);
        if (fresh.empty())
            return;
        toldId = fresh.back().id;
        toldCount = fresh.back().count;
        const EngineContext &main = owner.m_main;
        main.loop.post([&main, fresh = std::move(fresh), alive = mainAlive] {
            if (alive.expired())
                return;
            for (const Notice &notice : fresh)
                main.notices.post(notice.level, notice.event, notice.subject, notice.detail,
                                  notice.error);
        });
    }

    Branch &owner;
    ViewerIds viewerIds;
    NoticeBoard notices;
    Doorkeeper doorkeeper;
    EngineContext context;
    std::map<std::string, std::unique_ptr<Stream>> streams; // replicas, by mount
    std::unique_ptr<Server> server;
    net::Timer reportTimer;
    const std::weak_ptr<bool> mainAlive; // a copy: the main loop resets its own
    std::uint64_t toldId = 0;
    std::uint64_t toldCount = 0;
};

Branch::Branch(const EngineContext &main, const std::shared_ptr<serve::Occupancy> &occupancy,
               int number, int loops)
    : m_main(main)
    , m_inside(std::make_unique<Inside>(*this, occupancy, number, loops))
{
    m_loop.start();
}

Branch::~Branch()
{
    m_feeds.clear();
    std::promise<void> ended;
    m_loop.post([&] {
        m_inside->server->stop();
        m_inside->server.reset();
        m_inside->streams.clear();
        ended.set_value();
    });
    ended.get_future().wait();
    m_loop.stop();
}

void Branch::onLoop(std::function<void(Inside &)> task)
{
    m_loop.post([this, task = std::move(task)] { task(*m_inside); });
}

void Branch::apply(const Settings &settings)
{
    onLoop([settings](Inside &inside) { inside.server->apply(settings); });
}

void Branch::addMount(Stream &stream, const PublishConfig &config)
{
    StreamConfig replica = stream.config();
    // The keyframe that a joiner wants is the main stream's to ask for; it may be gone by then.
    replica.requestKeyframe = [this, mount = stream.mount(), alive = std::weak_ptr(m_alive)] {
        m_main.loop.post([this, mount, alive] {
            if (alive.expired())
                return;
            if (const auto feed = m_feeds.find(mount); feed != m_feeds.end())
                feed->second->stream.wantKeyframe();
        });
    };
    onLoop([replica = std::move(replica), config](Inside &inside) {
        auto &own = inside.streams[replica.mount];
        own = std::make_unique<Stream>(replica, inside.context.clock);
        inside.server->addMount(*own, config);
    });
    m_feeds[stream.mount()] = std::make_unique<Feed>(*this, stream);
}

void Branch::removeMount(const std::string &mount, CloseReason reason)
{
    m_feeds.erase(mount);
    onLoop([mount, reason](Inside &inside) {
        const auto stream = inside.streams.find(mount);
        if (stream == inside.streams.end())
            return;
        inside.server->removeMount(*stream->second, reason);
        inside.streams.erase(stream);
    });
}

// The loop may end before the task runs: then the socket is closed with it.
void Branch::accept(std::shared_ptr<net::LooseSocket> socket)
{
    m_loop.post([this, socket = std::move(socket)] {
        m_inside->server->accept(std::make_unique<net::TcpConnection>(m_loop, socket->release()));
    });
}

void Branch::noteBans(const Doorkeeper::Banned &banned)
{
    if (banned == m_banned)
        return;
    const Doorkeeper::Banned before = std::exchange(m_banned, banned);
    onLoop([before, banned](Inside &inside) {
        for (const std::string &address : before)
            inside.doorkeeper.setBanned(address, false);
        for (const std::string &address : banned)
            inside.doorkeeper.setBanned(address, true);
    });
}

void Branch::visitViewers(const std::function<void(Viewer &)> &visit)
{
    const auto viewers = m_viewers.get();
    for (const ViewerSnapshot &snapshot : *viewers) {
        RemoteViewer viewer(snapshot,
                            [this, id = snapshot.id](CloseReason reason) { close(id, reason); });
        visit(viewer);
    }
}

void Branch::close(ViewerId id, CloseReason reason)
{
    onLoop([id, reason](Inside &inside) {
        inside.server->visitViewers([&](Viewer &viewer) {
            if (viewer.describe().id == id)
                viewer.close(reason);
        });
    });
}

void Branch::stop()
{
    m_alive.reset();
    m_feeds.clear();
    onLoop([](Inside &inside) {
        inside.server->stop();
        inside.report();
    });
}

Branch::Feed::Feed(Branch &owner, Stream &followed)
    : branch(owner)
    , stream(followed)
{
    stream.subscribe(*this);
}

Branch::Feed::~Feed()
{
    stream.unsubscribe(*this);
}

void Branch::Feed::onUnit(const AccessUnitPtr &unit)
{
    branch.onLoop([mount = stream.mount(), unit](Inside &inside) {
        if (const auto replica = inside.streams.find(mount); replica != inside.streams.end())
            replica->second->push(unit);
    });
}

void Branch::Feed::onRestart(const std::vector<TrackId> &tracks)
{
    branch.onLoop([mount = stream.mount(), tracks](Inside &inside) {
        if (const auto replica = inside.streams.find(mount); replica != inside.streams.end())
            replica->second->restart(tracks);
    });
}

} // namespace heliograph::rtsp
