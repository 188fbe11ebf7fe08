// The front door: every call becomes a task on the loop, every result comes back through the
// front end's executor.
#include "engine/studio.h"

#include "codec/ffmpeg/encoder_probe.h"
#include "core/guarded.h"
#include "outputs/catalogue.h"
#include "sources/catalogue.h"
#include "studio/engine.h"
#include "studio/feed_door.h"

#include <algorithm>
#include <atomic>
#include <future>

namespace heliograph {

namespace {

// A tap of a source that may be unknown yet: the real one is found on the loop.
// Thread: as the tap's. Owner: shared with the window.
template <class Tap>
class LazyTap final : public Tap {
public:
    void bind(std::shared_ptr<Tap> tap)
    {
        m_state.with([&tap](State &state) {
            state.tap = std::move(tap);
            state.pass();
        });
    }
    void setWanted(bool wanted) override
    {
        m_state.with([wanted](State &state) {
            state.wanted = wanted;
            state.pass();
        });
    }
    using Taken = decltype(std::declval<Tap &>().take());
    Taken take() override
    {
        const auto tap = m_state.with([](const State &state) { return state.tap; });
        return tap ? tap->take() : Taken();
    }

private:
    struct State {
        std::shared_ptr<Tap> tap;
        bool wanted = false;
        void pass() const
        {
            if (tap)
                tap->setWanted(wanted);
        }
    };

    Guarded<State> m_state;
};

class EngineStudio final : public Studio {
public:
    explicit EngineStudio(StudioOptions options)
        : m_options(std::move(options))
        , m_log(m_options.log)
        , m_engine(std::make_unique<Engine>(m_loop, m_log, std::max(1, m_options.loops),
                                            m_options.hooks))
    {
        m_loop.start();
        if (m_options.discoverDevices)
            m_loop.post([this] { m_engine->startDiscovery(); });
    }
    ~EngineStudio() override { EngineStudio::stop(); }

    void addSource(SourceConfig config, Reply<SourceId> reply) override
    {
        command<SourceId>(std::move(reply), [config = std::move(config)](Engine &engine) {
            return engine.addSource(config);
        });
    }
    void changeSource(SourceId id, SourceConfig config, Reply<> reply) override
    {
        command<void>(std::move(reply), [id, config = std::move(config)](Engine &engine) {
            return engine.changeSource(id, config);
        });
    }
    void control(SourceId id, PlaybackCommand command, Reply<> reply) override
    {
        this->command<void>(std::move(reply),
                            [id, command](Engine &engine) { return engine.control(id, command); });
    }
    void removeSource(SourceId id, Reply<> reply) override
    {
        command<void>(std::move(reply), [id](Engine &engine) { return engine.removeSource(id); });
    }
    void publish(SourceId id, PublishConfig config, Reply<> reply) override
    {
        command<void>(std::move(reply), [id, config = std::move(config)](Engine &engine) {
            return engine.publish(id, config);
        });
    }
    void swapSource(SourceId live, SourceId other, Reply<> reply) override
    {
        command<void>(std::move(reply),
                      [live, other](Engine &engine) { return engine.swapSource(live, other); });
    }
    void unpublish(SourceId id, Reply<> reply) override
    {
        command<void>(std::move(reply), [id](Engine &engine) { return engine.unpublish(id); });
    }
    void configureOutput(OutputConfig config, Reply<> reply) override
    {
        command<void>(std::move(reply), [config = std::move(config)](Engine &engine) {
            return engine.configureOutput(config);
        });
    }
    void kickViewer(ViewerId id, Reply<> reply) override
    {
        command<void>(std::move(reply), [id](Engine &engine) { return engine.kickViewer(id); });
    }
    void setBanned(std::string address, bool banned, Reply<> reply) override
    {
        command<void>(std::move(reply), [address = std::move(address), banned](Engine &engine) {
            return engine.setBanned(address, banned);
        });
    }
    void openFeed(std::string name, Reply<std::shared_ptr<Feed>> reply) override
    {
        command<std::shared_ptr<Feed>>(
            std::move(reply), [this, name = std::move(name)](Engine &engine) {
                auto queue = std::make_shared<FeedQueue>();
                const auto id = engine.addSource(feedSource(queue), {name, "feed", {}});
                return id.map([&](SourceId source) -> std::shared_ptr<Feed> {
                    return std::make_shared<FeedDoor>(source, queue, closer(source));
                });
            });
    }

    std::shared_ptr<const Snapshot> snapshot() const override
    {
        return m_engine->publishedSnapshot();
    }

    std::shared_ptr<PreviewTap> preview(SourceId id) override
    {
        return findLater<PreviewTap>([this, id] { return m_engine->preview(id); });
    }

    std::shared_ptr<SoundTap> listen(SourceId id) override
    {
        return findLater<SoundTap>([this, id] { return m_engine->listen(id); });
    }

    void stop() override
    {
        beginStop();
        m_finished.wait();
        m_loop.stop();
    }

    bool stopWithin(std::chrono::milliseconds patience) override
    {
        beginStop();
        if (m_finished.wait_for(patience) != std::future_status::ready)
            return false;
        m_loop.stop();
        return true;
    }

private:
    void beginStop()
    {
        if (!m_stopped.exchange(true))
            m_loop.post([this] { m_engine->shutDown([this] { m_sayFinished.set_value(); }); });
    }

    template <class T>
    void command(Reply<T> reply, std::function<Result<T>(Engine &)> task)
    {
        if (m_stopped) {
            answer<T>(reply, failure(ErrorCode::Cancelled));
            return;
        }
        m_loop.post([this, reply = std::move(reply), task = std::move(task)] {
            answer<T>(reply, task(*m_engine));
        });
    }

    template <class Tap>
    std::shared_ptr<Tap> findLater(std::function<std::shared_ptr<Tap>()> find)
    {
        auto lazy = std::make_shared<LazyTap<Tap>>();
        m_loop.post([find = std::move(find), lazy] { lazy->bind(find()); });
        return lazy;
    }

    template <class T>
    void answer(const Reply<T> &reply, Result<T> result)
    {
        if (!reply)
            return;
        if (m_options.replyExecutor)
            m_options.replyExecutor([reply, result = std::move(result)] { reply(result); });
        else
            reply(std::move(result));
    }

    // A feed may outlive the studio's stop(), not the studio.
    std::function<void()> closer(SourceId source)
    {
        return [this, source] { removeSource(source, nullptr); };
    }

    StudioOptions m_options;
    Log m_log;
    net::Loop m_loop;
    std::atomic<bool> m_stopped{false};
    std::promise<void> m_sayFinished; // on the loop
    const std::shared_future<void> m_finished = m_sayFinished.get_future().share();
    std::unique_ptr<Engine> m_engine; // destroyed before the loop, after the loop's thread
};

} // namespace

Result<std::unique_ptr<Studio>> Studio::create(StudioOptions options)
{
    try {
        return std::make_unique<EngineStudio>(std::move(options));
    } catch (const std::exception &problem) { // no thread, no descriptor
        return failure(ErrorCode::Internal, problem.what());
    }
}

const std::vector<SourceTypeInfo> &Studio::sourceTypes()
{
    static const std::vector<SourceTypeInfo> types = [] {
        std::vector<SourceTypeInfo> infos;
        for (const SourceType &type : sourceCatalogue())
            infos.push_back({type.id, type.title, wholeSchema(type)});
        return infos;
    }();
    return types;
}

const std::vector<OutputTypeInfo> &Studio::outputTypes()
{
    static const std::vector<OutputTypeInfo> types = [] {
        std::vector<OutputTypeInfo> infos;
        for (const OutputType &type : outputCatalogue())
            infos.push_back(type.info);
        return infos;
    }();
    return types;
}

Result<> Studio::checkBan(const std::string &address)
{
    return parseBanned(address).map([](const net::Address &) {});
}

std::vector<EncoderInfo> Studio::encoders()
{
    return probedEncoders();
}

} // namespace heliograph
