// The thread of a source that ends.
#include "sources/runner.h"

#include <engine/studio.h>

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
