#include "support/test_studio.h"

#include "support/sockets.h"

#include <engine/await.h>

#include <stdexcept>
#include <thread>

namespace heliograph::test {

namespace {

template <class T>
T orThrow(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().detail);
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

const StreamSnapshot *findStream(const Snapshot &snapshot, const std::string &mount)
{
    for (const StreamSnapshot &stream : snapshot.streams)
        if (stream.mount == mount)
            return &stream;
    return nullptr;
}

} // namespace

TestStudio::TestStudio(Settings rtsp, int loops, Hooks hooks)
{
    StudioOptions options;
    options.log = LogLevel::Quiet;
    options.discoverDevices = false;
    options.loops = loops;
    options.hooks = std::move(hooks);
    m_studio = orThrow(Studio::create(std::move(options)));
    rtsp.emplace("port", std::int64_t(quietPort()));
    orThrow(await([&](Reply<> reply) {
        m_studio->configureOutput({"rtsp", rtsp}, std::move(reply));
    }));
    m_port = waitFor([](const Snapshot &snapshot) {
                 return !snapshot.outputs.empty() && snapshot.outputs[0].port != 0;
             })
                 ->outputs[0]
                 .port;
}

std::uint16_t TestStudio::serveRtmp(Settings settings)
{
    settings.emplace("port", std::int64_t(quietPort()));
    orThrow(await([&](Reply<> reply) {
        m_studio->configureOutput({"rtmp", settings}, std::move(reply));
    }));
    return waitFor([](const Snapshot &snapshot) { return snapshot.outputs.at(1).port != 0; })
        ->outputs[1]
        .port;
}

TestStudio::~TestStudio() = default;

SourceId TestStudio::add(const std::string &type, const std::string &mount, Settings settings)
{
    const SourceId id = orThrow(await<SourceId>([&](Reply<SourceId> reply) {
        m_studio->addSource({mount, type, std::move(settings)}, std::move(reply));
    }));
    orThrow(tryPublish(id, {mount, Audience::ThisComputer}));
    return id;
}

SourceId TestStudio::addPattern(const std::string &mount, Settings settings)
{
    settings.emplace("size", std::string("320x240"));
    settings.emplace("preset", std::string("ultrafast"));
    const SourceId id = add("pattern", mount, std::move(settings));
    waitFor([&](const Snapshot &snapshot) {
        const StreamSnapshot *stream = findStream(snapshot, mount);
        return stream && stream->ready;
    });
    return id;
}

Result<> TestStudio::tryPublish(SourceId id, PublishConfig config)
{
    return await(
        [&](Reply<> reply) { m_studio->publish(id, std::move(config), std::move(reply)); });
}

Result<> TestStudio::change(SourceId id, SourceConfig config)
{
    return await(
        [&](Reply<> reply) { m_studio->changeSource(id, std::move(config), std::move(reply)); });
}

Result<> TestStudio::kick(ViewerId id)
{
    return await([&](Reply<> reply) { m_studio->kickViewer(id, std::move(reply)); });
}

std::shared_ptr<Feed> TestStudio::openFeed(const std::string &mount)
{
    auto feed = orThrow(await<std::shared_ptr<Feed>>(
        [&](Reply<std::shared_ptr<Feed>> reply) { m_studio->openFeed(mount, std::move(reply)); }));
    orThrow(tryPublish(feed->source(), {mount, Audience::ThisComputer}));
    return feed;
}

std::string TestStudio::url(const std::string &mount, const std::string &host) const
{
    return "rtsp://" + host + ":" + std::to_string(m_port) + "/" + mount;
}

std::shared_ptr<const Snapshot>
TestStudio::waitFor(const std::function<bool(const Snapshot &)> &pleases,
                    std::chrono::milliseconds patience)
{
    const auto asked = WallClock::now();
    const auto end = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < end) {
        auto snapshot = m_studio->snapshot();
        if (snapshot->time > asked && pleases(*snapshot))
            return snapshot;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error("the snapshot that was waited for never came");
}

std::shared_ptr<const Snapshot> TestStudio::freshSnapshot()
{
    return waitFor([](const Snapshot &) { return true; });
}

} // namespace heliograph::test
