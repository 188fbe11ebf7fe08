// An engine without an engine, for the panels' tests: it records commands, answers them at once or
// when told to, and shows whatever snapshot a test has put together. The static functions of
// Studio are defined here too, as the tests link no engine.
// Thread: Qt main. Owner: the test.
#pragma once

#include <engine/studio.h>

#include <atomic>
#include <deque>

namespace heliograph::testing {

class FakeTap : public PreviewTap {
public:
    void setWanted(bool now) override { wanted = now; }
    std::shared_ptr<const PreviewFrame> take() override { return std::exchange(next, nullptr); }

    bool wanted = false;
    std::shared_ptr<const PreviewFrame> next;
};

// Gives a little of its sound each time, while it is wanted.
class FakeSound : public SoundTap {
public:
    void setWanted(bool now) override { wanted = now; }
    std::vector<HeardSound> take() override
    {
        ++taken;
        return wanted ? std::vector<HeardSound>(1, sound) : std::vector<HeardSound>();
    }

    // Asked for on the thread that listens.
    std::atomic<bool> wanted{false};
    std::atomic<int> taken{0};
    HeardSound sound{48000, 2, std::vector<float>(2 * 960, 0.25F)};
};

class FakeStudio : public Studio {
public:
    FakeStudio();

    void addSource(SourceConfig config, Reply<SourceId> reply) override;
    void changeSource(SourceId id, SourceConfig config, Reply<> reply) override;
    void control(SourceId id, PlaybackCommand command, Reply<> reply) override;
    void removeSource(SourceId id, Reply<> reply) override;
    void publish(SourceId id, PublishConfig config, Reply<> reply) override;
    void unpublish(SourceId id, Reply<> reply) override;
    void swapSource(SourceId live, SourceId other, Reply<> reply) override;
    void configureOutput(OutputConfig config, Reply<> reply) override;
    void kickViewer(ViewerId id, Reply<> reply) override;
    void setBanned(std::string address, bool banned, Reply<> reply) override;
    void openFeed(std::string name, Reply<std::shared_ptr<Feed>> reply) override;
    std::shared_ptr<const Snapshot> snapshot() const override { return m_published; }
    std::shared_ptr<PreviewTap> preview(SourceId id) override;
    std::shared_ptr<SoundTap> listen(SourceId id) override;
    void stop() override { }
    bool stopWithin(std::chrono::milliseconds) override { return true; }

    // The snapshot being put together; publishSnapshot() shows it.
    Snapshot next;
    void publishSnapshot();
    SourceSnapshot &source(SourceId id);
    FakeTap &tap(SourceId id) { return *m_taps.at(id); }
    FakeSound &sound(SourceId id) { return *m_sounds.at(id); }
    bool isSoundAskedFor(SourceId id) const { return m_sounds.contains(id); }

    // What was asked for, in order.
    std::vector<SourceConfig> added;
    std::vector<SourceConfig> changed;
    std::vector<PlaybackCommand> controlled;
    std::vector<PublishConfig> published;
    std::vector<SourceId> unpublished;
    std::vector<std::pair<SourceId, SourceId>> swapped;
    std::vector<OutputConfig> configured;
    std::vector<ViewerId> kicked;

    std::optional<Error> fail; // the answer to every command while set
    bool hold = false; // answers wait for answerAll()
    void answerAll();

private:
    void answer(std::function<void()> work);
    Result<> outcome() const;

    std::shared_ptr<const Snapshot> m_published;
    std::map<SourceId, std::shared_ptr<FakeTap>> m_taps;
    std::map<SourceId, std::shared_ptr<FakeSound>> m_sounds;
    std::deque<std::function<void()>> m_held;
    std::uint64_t m_lastId = 0;
};

DeviceInfo testCamera(); // "Test Camera", pipewire:testcam
ViewerSnapshot testViewer(std::uint64_t id, double bitrate);

} // namespace heliograph::testing
