// The same sound in several codings: each is made while somebody asks for it.
#include "sources/catalogue.h"
#include "sources/runner.h"

#include <engine/studio.h>

#include <gtest/gtest.h>
#include <map>
#include <thread>

using namespace heliograph;

namespace {

constexpr std::int64_t frameSamples = 960;

// Sound that came coded, and was decoded: so many frames of it as a test lets through.
class Telephone final : public Source {
public:
    Result<std::vector<TrackId>> open(const std::stop_token &) override
    {
        return std::vector{TrackId::Audio};
    }
    Result<SourceItem> read(const std::stop_token &stop) override
    {
        s_through = s_given.load();
        while (s_given == s_allowed) {
            if (stop.stop_requested())
                return failure(ErrorCode::Cancelled);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        AudioFrame frame;
        frame.pts = std::chrono::seconds(1) + durationOf(frameSamples * s_given, 48000);
        frame.samples = Bytes(std::vector<std::uint8_t>(frameSamples * 2 * sizeof(float)));
        auto coded = std::make_shared<AccessUnit>();
        coded->track = TrackId::Original;
        coded->pts = coded->dts = frame.pts;
        coded->config = m_track;
        frame.original = std::move(coded);
        ++s_given;
        return SourceItem(std::move(frame));
    }

    static inline std::atomic<int> s_allowed{0};
    static inline std::atomic<int> s_given{0};
    static inline std::atomic<int> s_through{0}; // of those, what the runner is through with

private:
    const std::shared_ptr<const Track> m_track = std::make_shared<const Track>(
        Track{TrackId::Original, 1, OpaqueConfig{.codec = OpaqueCodec::Pcmu, .sampleRate = 8000}});
};

SourceType telephoneType()
{
    SourceType type;
    type.id = "telephone";
    type.title = "Telephone";
    type.kind = SourceKind::Mixed;
    type.hasPictures = false;
    type.hasSound = true;
    type.create = [](const Settings &, const SourceContext &) -> Result<std::unique_ptr<Source>> {
        return std::make_unique<Telephone>();
    };
    return type;
}

// What the next frames are made into.
std::map<TrackId, int> unitsOf(Runner &runner, int frames)
{
    Telephone::s_allowed += frames;
    const auto due = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    std::map<TrackId, int> units;
    const auto take = [&] {
        for (const AccessUnitPtr &unit : runner.takeUnits())
            ++units[unit->track];
    };
    while (Telephone::s_through < Telephone::s_allowed && std::chrono::steady_clock::now() < due)
        take();
    take();
    return units;
}

} // namespace

TEST(Alternatives, AreMadeOnceToBeDescribedAndThenForThoseWhoAsk)
{
    Log log(LogLevel::Quiet);
    IngestDesk desk;
    const SourceType type = telephoneType();
    Runner runner(type, "line", completeSettings(wholeSchema(type), {}).value(),
                  {[](const Health &) {}, [](const std::vector<TrackId> &) {}, nullptr, nullptr,
                   [] {}, [] {}},
                  log, {desk});
    runner.setEncoding(true);
    runner.start();
    auto units = unitsOf(runner, 20);
    EXPECT_NEAR(18, units[TrackId::Audio], 2);
    EXPECT_EQ(1, units[TrackId::Opus]);
    EXPECT_EQ(1, units[TrackId::Original]);

    runner.setAskedFor(TrackId::Original, true);
    units = unitsOf(runner, 20);
    EXPECT_EQ(0, units[TrackId::Opus]);
    EXPECT_EQ(20, units[TrackId::Original]);

    runner.setAskedFor(TrackId::Original, false);
    runner.setAskedFor(TrackId::Opus, true);
    units = unitsOf(runner, 20);
    EXPECT_NEAR(20, units[TrackId::Opus], 2);
    EXPECT_EQ(0, units[TrackId::Original]);

    runner.setAskedFor(TrackId::Opus, false);
    runner.setEncoding(true); // published anew
    units = unitsOf(runner, 20);
    EXPECT_EQ(1, units[TrackId::Opus]);
    EXPECT_EQ(1, units[TrackId::Original]);
}
