// The thread of a source: one that ends, one that waits, one that delivers much at one go.
#include "sources/catalogue.h"
#include "sources/runner.h"

#include <engine/studio.h>

#include <algorithm>
#include <condition_variable>
#include <gtest/gtest.h>

using namespace heliograph;

namespace {

// Ends at once, every time it is opened.
class ShortSource final : public Source {
public:
    Result<std::vector<TrackId>> open(const std::stop_token &) override
    {
        return std::vector{TrackId::Video};
    }
    Result<SourceItem> read(const std::stop_token &) override { return SourceItem(EndOfSource{}); }
    void setWatched(bool watched) override { s_watched = watched; }

    static inline std::atomic<bool> s_watched{false};
};

SourceType shortType(std::atomic<int> &created)
{
    return {"short",
            "Short",
            SourceKind::Passthrough,
            {{.key = "word",
              .title = {},
              .help = {},
              .kind = SettingKind::Text,
              .fallback = std::string()}},
            [&created](const Settings &, const SourceContext &) -> Result<std::unique_ptr<Source>> {
                ++created;
                return std::make_unique<ShortSource>();
            },
            nullptr,
            {}};
}

// Waits for somebody who never comes, in open() or in read().
class WaitingSource final : public Source {
public:
    explicit WaitingSource(bool opens)
        : m_opens(opens)
    {
    }
    Result<std::vector<TrackId>> open(const std::stop_token &stop) override
    {
        if (m_opens)
            return std::vector{TrackId::Video};
        return wait(stop);
    }
    Result<SourceItem> read(const std::stop_token &stop) override { return wait(stop); }

    static inline std::atomic<int> s_waits{0};

private:
    static tl::unexpected<Error> wait(const std::stop_token &stop)
    {
        ++s_waits;
        Wakeup().wait(stop);
        return failure(ErrorCode::Cancelled);
    }

    const bool m_opens;
};

// Three seconds of pictures at once.
class HastySource final : public Source {
public:
    static constexpr int pictures = 90;

    Result<std::vector<TrackId>> open(const std::stop_token &) override
    {
        return std::vector{TrackId::Video};
    }
    Result<SourceItem> read(const std::stop_token &) override
    {
        if (m_count == pictures)
            return SourceItem(EndOfSource{});
        static const auto track =
            std::make_shared<const Track>(Track{TrackId::Video, 1, H264Config{}});
        auto unit = std::make_shared<AccessUnit>();
        unit->config = track;
        unit->keyframe = m_count == 0;
        unit->dts = unit->pts = std::chrono::milliseconds(33 * m_count++);
        return SourceItem(AccessUnitPtr(std::move(unit)));
    }

private:
    int m_count = 0;
};

// Plays nothing, and notes what it was told to do.
class ObedientSource final : public Source {
public:
    struct Orders {
        std::mutex mutex;
        std::vector<PlaybackCommand> given;
        std::atomic<int> opened{0};
    };

    explicit ObedientSource(Orders &orders)
        : m_orders(orders)
    {
    }
    Result<std::vector<TrackId>> open(const std::stop_token &) override
    {
        return std::vector{TrackId::Video};
    }
    Result<SourceItem> read(const std::stop_token &stop) override
    {
        ++m_orders.opened;
        Wakeup().wait(stop);
        return failure(ErrorCode::Cancelled);
    }
    void control(const PlaybackCommand &command) override
    {
        const std::lock_guard lock(m_orders.mutex);
        m_orders.given.push_back(command);
    }

private:
    Orders &m_orders;
};

// Collects what a runner tells.
class Ear {
public:
    Runner::Events events()
    {
        return {.health =
                    [this](Health health) {
                        const std::lock_guard lock(m_mutex);
                        m_told.push_back(std::move(health));
                        m_condition.notify_all();
                    },
                .tracks = [](const auto &) {},
                .unitsWaiting = [] {},
                .ended = [] {}};
    }

    std::vector<Health> waitFor(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        m_condition.wait_for(lock, std::chrono::seconds(20),
                             [&] { return m_told.size() >= count; });
        return m_told;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_condition;
    std::vector<Health> m_told;
};

} // namespace

TEST(Runner, ASourceThatEndsRestsUntilItsSettingsChange)
{
    Log log(LogLevel::Quiet);
    IngestDesk desk;
    std::atomic<int> created{0};
    Ear ear;
    Runner runner(shortType(created), "clip", {{"word", std::string("a")}}, ear.events(), log,
                  {desk});
    runner.setWatched(true);
    runner.start();
    auto told = ear.waitFor(2);
    ASSERT_EQ(2u, told.size());
    EXPECT_TRUE(ShortSource::s_watched);
    EXPECT_EQ(HealthState::Starting, told[0].state);
    EXPECT_EQ(HealthState::Failed, told[1].state);
    EXPECT_EQ(ErrorCode::EndOfSource, told[1].error->code);

    runner.retryNow(); // a camera that was plugged in
    runner.configure({{"word", std::string("a")}}); // only its name changed
    runner.configure({{"word", std::string("b")}});
    told = ear.waitFor(4);
    ASSERT_EQ(4u, told.size());
    EXPECT_EQ(HealthState::Failed, told[3].state);
    EXPECT_EQ(2, created);
}

TEST(Runner, NewSettingsEndAWaitForAPublisherOrACamera)
{
    for (const auto &[opens, camera] :
         {std::pair(false, false), std::pair(true, false), std::pair(false, true)}) {
        Log log(LogLevel::Quiet);
        IngestDesk desk;
        std::atomic<int> created{0};
        Ear ear;
        SourceType type = shortType(created);
        if (camera)
            type.kind = SourceKind::Mixed;
        else
            type.awaits = ErrorCode::NoPublisher;
        type.create = [&](const Settings &,
                          const SourceContext &) -> Result<std::unique_ptr<Source>> {
            ++created;
            return std::make_unique<WaitingSource>(opens);
        };
        const auto waitUntil = [](int waits) {
            while (WaitingSource::s_waits < waits)
                std::this_thread::yield();
        };
        WaitingSource::s_waits = 0;
        const auto settings = [&](const std::string &word) {
            return completeSettings(wholeSchema(type), {{"word", word}}).value();
        };
        Runner runner(type, "encoder", settings("a"), ear.events(), log, {desk});
        runner.start();
        waitUntil(1);
        runner.configure(settings("b"));
        waitUntil(2);
        EXPECT_EQ(2, created);
        if (!opens)
            continue;
        runner.configure(settings("b")); // only its name changed
        waitUntil(3);
        EXPECT_EQ(2, created);
    }
}

TEST(Runner, WhatComesAtOneGoAfterAHoldUpIsNotLost)
{
    Log log(LogLevel::Quiet);
    IngestDesk desk;
    std::atomic<int> created{0};
    Ear ear;
    SourceType type = shortType(created);
    type.create = [](const Settings &, const SourceContext &) -> Result<std::unique_ptr<Source>> {
        return std::make_unique<HastySource>();
    };
    Runner runner(type, "link", {{"word", std::string("a")}}, ear.events(), log, {desk});
    runner.setEncoding(true);
    runner.start();
    ASSERT_EQ(3u, ear.waitFor(3).size()); // starting, fine, at its end
    EXPECT_EQ(std::size_t(HastySource::pictures), runner.takeUnits().size());
    EXPECT_EQ(0u, runner.dropped());
}

TEST(Runner, CommandsReachASourceThatWaitsAndNoneIsLostOrRepeated)
{
    Log log(LogLevel::Quiet);
    IngestDesk desk;
    std::atomic<int> created{0};
    Ear ear;
    ObedientSource::Orders orders;
    SourceType type = shortType(created);
    type.kind = SourceKind::Mixed;
    type.create = [&](const Settings &, const SourceContext &) -> Result<std::unique_ptr<Source>> {
        ++created;
        return std::make_unique<ObedientSource>(orders);
    };
    const auto settings = [&](const std::string &word) {
        return completeSettings(wholeSchema(type), {{"word", word}}).value();
    };
    Runner runner(type, "clip", settings("a"), ear.events(), log, {desk});
    runner.start();
    const auto waitUntil = [&](auto isSo) {
        for (;; std::this_thread::yield()) {
            const std::lock_guard lock(orders.mutex);
            if (isSo(orders.given))
                return;
        }
    };
    waitUntil([&](const auto &) { return orders.opened > 0; });
    runner.control({true, {}});
    runner.control({{}, std::chrono::milliseconds(1500)}); // before the pause was looked at
    waitUntil([](const auto &given) {
        return std::ranges::any_of(given, [](const auto &each) { return each.paused == true; })
            && std::ranges::any_of(given, [](const auto &each) {
                   return each.position == std::chrono::milliseconds(1500);
               });
    });
    const int before = orders.opened;
    runner.configure(settings("b"));
    waitUntil([&](const auto &) { return created == 2 && orders.opened > before; });
    {
        const std::lock_guard lock(orders.mutex);
        orders.given.clear();
    }
    runner.control({{}, std::chrono::milliseconds(20)});
    waitUntil([](const auto &given) { return !given.empty(); });
    const std::lock_guard lock(orders.mutex);
    EXPECT_EQ((PlaybackCommand{{}, std::chrono::milliseconds(20)}), orders.given.front())
        << "the source before was paused, not this one";
}

TEST(Runner, ASourceAtItsEndBeginsAnewForWhoWantsToSeeItAgain)
{
    Log log(LogLevel::Quiet);
    IngestDesk desk;
    std::atomic<int> created{0};
    Ear ear;
    Runner runner(shortType(created), "clip", {{"word", std::string("a")}}, ear.events(), log,
                  {desk});
    runner.start();
    ASSERT_EQ(2u, ear.waitFor(2).size());
    runner.control({false, {}});
    ASSERT_EQ(4u, ear.waitFor(4).size());
    EXPECT_EQ(2, created);
}

TEST(Runner, ASourceAtItsEndBeginsAnewAtThePlaceThatIsSought)
{
    Log log(LogLevel::Quiet);
    IngestDesk desk;
    std::atomic<int> created{0};
    Ear ear;
    ObedientSource::Orders orders;
    SourceType type = shortType(created);
    type.create = [&](const Settings &, const SourceContext &) -> Result<std::unique_ptr<Source>> {
        if (++created == 1)
            return std::make_unique<ShortSource>();
        return std::make_unique<ObedientSource>(orders);
    };
    Runner runner(type, "clip", {{"word", std::string("a")}}, ear.events(), log, {desk});
    runner.start();
    ASSERT_EQ(2u, ear.waitFor(2).size());
    runner.control({true, {}}); // it stands still already
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(1, created);
    runner.control({{}, std::chrono::milliseconds(4000)});
    while (orders.opened == 0)
        std::this_thread::yield();
    const std::lock_guard lock(orders.mutex);
    EXPECT_EQ((std::vector{PlaybackCommand{{}, std::chrono::milliseconds(4000)}}), orders.given);
}
