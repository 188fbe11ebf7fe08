#include "studio/engine.h"

#include "net/endpoint.h"
#include "outputs/catalogue.h"
#include "sources/catalogue.h"

#include <algorithm>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds snapshotPeriod(250);
constexpr std::chrono::milliseconds drainPeriod(5);
constexpr Timestamp drainLimit = std::chrono::milliseconds(300);

// "Front Door #2" -> "front-door-2".
std::string slug(const std::string &name)
{
    std::string text;
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        const bool capital = c >= 'A' && c <= 'Z';
        if (letter || capital)
            text += capital ? char(c - 'A' + 'a') : c;
        else if (!text.empty() && text.back() != '-')
            text += '-';
    }
    while (text.ends_with('-'))
        text.pop_back();
    return text.empty() ? "stream" : text.substr(0, 40);
}

Result<> checkUsers(const PublishConfig &config)
{
    if (config.audience != Audience::MyNetworkWithPassword)
        return {};
    if (config.users.empty())
        return failure(ErrorCode::InvalidArgument, "a stream with a password needs a user");
    for (const User &user : config.users)
        if (auto checked = checkUser(user); !checked)
            return checked;
    return {};
}

bool holds(const std::vector<DeviceInfo> &devices, const std::string &id)
{
    return std::any_of(devices.begin(), devices.end(),
                       [&](const DeviceInfo &device) { return device.id == id; });
}

// Whether viewers can stay while one becomes the other.
bool staysOpen(PublishConfig before, const PublishConfig &after)
{
    before.rests = after.rests;
    before.whileLost = after.whileLost;
    before.lostImage = after.lostImage;
    return before == after;
}

} // namespace

Engine::Engine(net::Loop &loop, Log &log, int loops, Hooks hooks)
    : m_loop(loop)
    , m_viewerIds(std::uint64_t(loops), std::uint64_t(loops))
    , m_hooks(std::move(hooks))
    , m_context{loop,        m_clock,      m_random, log,     m_notices,
                m_viewerIds, m_doorkeeper, m_desk,   m_hooks, loops}
    , m_snapshotTimer(loop)
    , m_drainTimer(loop)
{
    for (const OutputType &type : outputCatalogue())
        m_outputs.emplace_back(type.info.id, type.create(m_context));
    m_snapshotTimer.every(snapshotPeriod, [this] { takeSnapshot(); });
}

Engine::~Engine()
{
    m_discoveries.clear();
    m_outputs.clear(); // sessions let go of streams
    m_hosts.clear();
}

void Engine::startDiscovery()
{
    for (const SourceType &type : sourceCatalogue())
        if (type.discover)
            m_discoveries.push_back(
                type.discover([this, id = type.id](std::vector<DeviceInfo> devices) {
                    m_loop.post([this, id, devices = std::move(devices)]() mutable {
                        noteDevices(id, std::move(devices));
                    });
                }));
}

Result<SourceId> Engine::addSource(SourceConfig config)
{
    const SourceType *type = findSourceType(config.type);
    if (!type)
        return failure(ErrorCode::InvalidArgument,
                       "there is no kind of source called " + config.type);
    return addSource(*type, std::move(config));
}

Result<SourceId> Engine::addSource(const SourceType &type, SourceConfig config)
{
    m_thread.assertHere();
    auto settings = completeSettings(wholeSchema(type), config.settings);
    if (!settings)
        return tl::unexpected(settings.error());
    config.settings = *std::move(settings);
    if (type.tidy)
        type.tidy(config.settings);
    if (config.name.empty())
        config.name = type.title;
    const SourceId id{++m_lastSource};
    PublishConfig proposal{proposeMount(config.name), Audience::ThisComputer};
    m_hosts[id] = std::make_unique<SourceHost>(m_context, m_slates, id, type, std::move(config),
                                               std::move(proposal), eventsFor(id));
    return id;
}

// Events come from the runner's thread; the source may be gone when they arrive here.
Runner::Events Engine::eventsFor(SourceId id)
{
    return {
        .health =
            [this, id](const Health &health) {
                onLoop(id, [this, health](SourceHost &host) { noteHealth(host, health); });
            },
        .tracks =
            [this, id](const std::vector<TrackId> &tracks) {
                onLoop(id, [tracks](SourceHost &host) { host.noteTracks(tracks); });
            },
        .learned =
            [this, id](const Settings &settings) {
                onLoop(id, [settings](SourceHost &host) { host.noteLearned(settings); });
            },
        .encoderFell =
            [this, id](const EncoderFall &fall) {
                onLoop(id, [fall](SourceHost &host) { host.noteEncoderFall(fall); });
            },
        .unitsWaiting = [this, id] { onLoop(id, [](SourceHost &host) { host.moveUnits(); }); },
        .ended = [this, id] { m_loop.post([this, id] { m_hosts.erase(id); }); },
    };
}

// The viewers of an encoder that did not come back within its grace period have waited long
// enough; who comes later waits for it anew.
void Engine::noteHealth(SourceHost &host, const Health &health)
{
    host.noteHealth(health);
    const bool abandoned = health.state == HealthState::Retrying && health.error
        && health.error->code == ErrorCode::NoPublisher;
    if (!abandoned || !host.stream())
        return;
    stopServing(host, CloseReason::StreamEnded);
    serve(host, host.publishConfig());
}

void Engine::serve(SourceHost &host, PublishConfig config)
{
    Stream &stream = host.publish(std::move(config));
    for (const auto &[type, output] : m_outputs)
        output->addMount(stream, host.publishConfig());
}

void Engine::onLoop(SourceId id, std::function<void(SourceHost &)> task)
{
    m_loop.post([this, id, task = std::move(task)] {
        if (SourceHost *host = findHost(id))
            task(*host);
    });
}

// One that is leaving is gone for everybody but its own runner.
SourceHost *Engine::findHost(SourceId id)
{
    const auto host = m_hosts.find(id);
    return host == m_hosts.end() || host->second->isLeaving() ? nullptr : host->second.get();
}

std::string Engine::proposeMount(const std::string &name) const
{
    const std::string base = slug(name);
    std::string mount = base;
    for (int number = 2; isMountTaken(mount, nullptr); ++number)
        mount = base + "-" + std::to_string(number);
    return mount;
}

bool Engine::isMountTaken(const std::string &mount, const SourceHost *except) const
{
    return std::any_of(m_hosts.begin(), m_hosts.end(), [&](const auto &entry) {
        const SourceHost &host = *entry.second;
        return &host != except && !host.isLeaving() && host.publishConfig().mount == mount;
    });
}

Result<> Engine::changeSource(SourceId id, SourceConfig config)
{
    m_thread.assertHere();
    SourceHost *host = findHost(id);
    if (!host)
        return failure(ErrorCode::NotFound);
    auto settings = completeSettings(wholeSchema(host->type()), config.settings);
    if (!settings)
        return tl::unexpected(settings.error());
    config.type = host->config().type;
    config.settings = *std::move(settings);
    if (host->type().tidy)
        host->type().tidy(config.settings);
    host->change(std::move(config));
    return {};
}

Result<> Engine::control(SourceId id, const PlaybackCommand &command)
{
    m_thread.assertHere();
    SourceHost *host = findHost(id);
    if (!host)
        return failure(ErrorCode::NotFound);
    if (!host->runner().playback())
        return failure(ErrorCode::NotReady);
    host->runner().control(command);
    return {};
}

Result<> Engine::removeSource(SourceId id)
{
    m_thread.assertHere();
    SourceHost *host = findHost(id);
    if (!host)
        return failure(ErrorCode::NotFound);
    stopServing(*host, CloseReason::StreamEnded);
    host->leave();
    return {};
}

Result<> Engine::publish(SourceId id, PublishConfig config)
{
    m_thread.assertHere();
    SourceHost *host = findHost(id);
    if (!host)
        return failure(ErrorCode::NotFound);
    const auto mount = normalizeMount(config.mount);
    if (!mount)
        return tl::unexpected(mount.error());
    config.mount = *mount;
    if (auto checked = checkUsers(config); !checked)
        return checked;
    if (host->stream() && staysOpen(host->publishConfig(), config)) {
        host->amend(std::move(config));
        return {};
    }
    // A proposal of a source that is not published gives way.
    const bool taken = std::any_of(m_hosts.begin(), m_hosts.end(), [&](const auto &entry) {
        return entry.second.get() != host && entry.second->stream()
            && entry.second->stream()->mount() == *mount;
    });
    if (taken)
        return failure(ErrorCode::AlreadyExists, *mount);
    stopServing(*host, CloseReason::StreamEnded);
    serve(*host, std::move(config));
    return {};
}

Result<> Engine::unpublish(SourceId id)
{
    m_thread.assertHere();
    SourceHost *host = findHost(id);
    if (!host)
        return failure(ErrorCode::NotFound);
    stopServing(*host, CloseReason::StreamEnded);
    return {};
}

Result<> Engine::swapSource(SourceId live, SourceId other)
{
    m_thread.assertHere();
    SourceHost *from = findHost(live);
    SourceHost *to = findHost(other);
    if (!from || !to || !from->stream())
        return failure(ErrorCode::NotFound);
    if (to->stream())
        return failure(ErrorCode::AlreadyExists, to->stream()->mount());
    if (!to->isDelivering())
        return failure(ErrorCode::NotReady, to->config().name);
    from->handOverTo(*to);
    return {};
}

void Engine::stopServing(SourceHost &host, CloseReason reason)
{
    if (!host.stream())
        return;
    for (const auto &[type, output] : m_outputs)
        output->removeMount(*host.stream(), reason);
    host.unpublish();
}

Result<> Engine::configureOutput(const OutputConfig &config)
{
    m_thread.assertHere();
    const auto &types = outputCatalogue();
    const auto type = std::find_if(types.begin(), types.end(), [&](const OutputType &known) {
        return known.info.id == config.type;
    });
    if (type == types.end())
        return failure(ErrorCode::InvalidArgument,
                       "there is no kind of server called " + config.type);
    const auto settings = completeSettings(type->info.schema, config.settings);
    if (!settings)
        return tl::unexpected(settings.error());
    return m_outputs[std::size_t(type - types.begin())].second->configure(*settings);
}

Result<> Engine::kickViewer(ViewerId id)
{
    m_thread.assertHere();
    bool found = false;
    for (const auto &[type, output] : m_outputs)
        output->visitViewers([&](Viewer &viewer) {
            if (viewer.describe().id != id)
                return;
            found = true;
            viewer.close(CloseReason::Kicked);
        });
    return found ? Result<>() : failure(ErrorCode::NotFound);
}

Result<net::Address> parseBanned(const std::string &text)
{
    return net::Address::parse(text.substr(0, text.find('/')));
}

Result<> Engine::setBanned(const std::string &address, bool banned)
{
    m_thread.assertHere();
    const auto parsed = parseBanned(address);
    if (!parsed)
        return tl::unexpected(parsed.error());
    m_doorkeeper.setBanned(parsed->networkText(), banned);
    return {};
}

std::shared_ptr<PreviewTap> Engine::preview(SourceId id)
{
    SourceHost *host = findHost(id);
    return host ? host->runner().preview() : nullptr;
}

std::shared_ptr<SoundTap> Engine::listen(SourceId id)
{
    SourceHost *host = findHost(id);
    return host ? host->runner().listener() : nullptr;
}

void Engine::noteDevices(const std::string &sourceType, std::vector<DeviceInfo> devices)
{
    const auto known = m_devices.find(sourceType);
    if (known != m_devices.end())
        noteDeviceChanges(known->second, devices);
    m_devices[sourceType] = std::move(devices);
    for (const auto &[id, host] : m_hosts)
        if (host->config().type == sourceType)
            host->runner().retryNow();
}

void Engine::noteDeviceChanges(const std::vector<DeviceInfo> &before,
                               const std::vector<DeviceInfo> &after)
{
    const auto isPlugged = [](const DeviceInfo &device) { // windows come and go all the time
        return device.kind == DeviceKind::Camera || device.kind == DeviceKind::Microphone;
    };
    for (const DeviceInfo &device : after)
        if (isPlugged(device) && !holds(before, device.id))
            m_notices.post(NoticeLevel::Information, Notice::Event::DeviceFound, device.name);
    for (const DeviceInfo &device : before)
        if (isPlugged(device) && !holds(after, device.id))
            m_notices.post(NoticeLevel::Warning, Notice::Event::DeviceLost, device.name);
}

void Engine::takeSnapshot()
{
    m_thread.assertHere();
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->viewers.reserve(m_builder.viewers()); // of the last one
    snapshot->time = WallClock::now();
    const Timestamp now = m_clock.now();
    for (const auto &[id, host] : m_hosts) {
        if (host->isLeaving())
            continue;
        host->sweep();
        snapshot->sources.push_back(m_builder.rated(host->describe(), now));
        if (Stream *stream = host->stream())
            snapshot->streams.push_back(host->completed(m_builder.describe(id, *stream, now)));
    }
    for (const auto &[type, output] : m_outputs) {
        snapshot->outputs.push_back(output->describe());
        for (StreamSnapshot &stream : snapshot->streams)
            for (std::string &url : output->urls(stream.mount))
                stream.urls.push_back(std::move(url));
        output->visitViewers([&](Viewer &viewer) {
            snapshot->viewers.push_back(m_builder.rated(viewer.describe(), now));
        });
    }
    for (const SourceType &type : sourceCatalogue())
        if (const auto found = m_devices.find(type.id); found != m_devices.end())
            snapshot->devices.insert(snapshot->devices.end(), found->second.begin(),
                                     found->second.end());
    snapshot->devicesKnown = m_devices.size() == m_discoveries.size();
    snapshot->banned.assign(m_doorkeeper.banned().begin(), m_doorkeeper.banned().end());
    snapshot->notices.assign(m_notices.all().begin(), m_notices.all().end());
    m_builder.finish(*snapshot);
    for (const StreamSnapshot &stream : snapshot->streams)
        m_hosts.at(stream.source)->runner().setWatched(stream.viewers > 0);
    m_snapshot.set(std::move(snapshot));
}

void Engine::shutDown(std::function<void()> done)
{
    m_thread.assertHere();
    m_snapshotTimer.cancel();
    for (const auto &[id, host] : m_hosts)
        host->leave();
    for (const auto &[type, output] : m_outputs)
        output->stop();
    for (const auto &[id, host] : m_hosts)
        stopServing(*host, CloseReason::ShuttingDown); // mounts refer to the hosts' streams
    finishWhenDrained(m_clock.now() + drainLimit, std::move(done));
}

void Engine::finishWhenDrained(Timestamp deadline, std::function<void()> done)
{
    m_drainTimer.every(drainPeriod, [this, deadline, done = std::move(done)] {
        const bool drained = std::all_of(m_outputs.begin(), m_outputs.end(), [](const auto &entry) {
            return entry.second->isDrained();
        });
        if (!m_hosts.empty() || (!drained && m_clock.now() < deadline))
            return;
        m_drainTimer.cancel();
        done();
    });
}

} // namespace heliograph
