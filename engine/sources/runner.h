// The thread of one source: opens it, reads it, makes previews, encodes while somebody needs it,
// and tries again for ever when it fails. One that has come to its end rests.
// Thread: the members on the loop; the work on the runner's own. Owner: the studio's source host.
#pragma once

#include "codec/ffmpeg/h264_encoder.h"
#include "core/inbox.h"
#include "core/interruption.h"
#include "core/live_count.h"
#include "core/log.h"
#include "core/mailbox.h"
#include "core/wakeup.h"
#include "engine/snapshot.h"
#include "sources/preview_maker.h"
#include "sources/sound_chain.h"
#include "sources/source.h"

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace heliograph {

class Runner : LiveCount<Runner> {
public:
    using LiveCount<Runner>::living;

    // Called on the runner's thread: post to the loop and return.
    struct Events {
        std::function<void(Health)> health;
        std::function<void(std::vector<TrackId>)> tracks; // the source opened with these
        std::function<void(Settings)> learned; // see Source; may be empty
        std::function<void(EncoderFall)> encoderFell; // hardware was replaced; may be empty
        std::function<void()> unitsWaiting; // takeUnits() has something
        std::function<void()> ended; // the thread is about to end
    };

    // settings: complete.
    Runner(const SourceType &type, std::string name, Settings settings, Events events, Log &log,
           const SourceContext &context);
    ~Runner(); // stops and joins

    void start();
    void requestStop();

    void configure(Settings settings);
    void control(const PlaybackCommand &command);
    void setEncoding(bool encoding);
    // Somebody listens to an alternative. Until then it is made just once, to be described.
    void setAskedFor(TrackId alternative, bool asked)
    {
        m_alternatives[std::size_t(alternative)].asked = asked;
    }
    // Nothing is encoded meanwhile; capture and previews go on, and what passes still passes.
    void setResting(bool resting) { m_resting = resting; }
    bool isResting() const { return m_resting; }
    void setWatched(bool watched) { m_watched = watched; }
    void requestKeyframe() { m_encoder.requestKeyframe(); }
    // Do not wait for the next try any longer: a device has appeared.
    void retryNow() { m_wakeup.signal(); }

    std::vector<AccessUnitPtr> takeUnits() { return m_units.drain(); }
    std::shared_ptr<PreviewTap> preview() const { return m_preview; }
    std::shared_ptr<SoundTap> listener() const { return m_sound.listener(); }

    bool hasPreview() const { return m_hasPreview; } // its pictures are not coded
    std::shared_ptr<const Story> story() const { return m_context.memory->story.get(); }

    // Null: it is live, or has not begun.
    std::shared_ptr<const Playback> playback() const { return m_context.memory->playback.get(); }

    std::uint64_t frames() const { return m_frames; }
    std::uint64_t dropped() const { return m_dropped; }
    // What encoded the last picture; empty: nothing did yet.
    std::string encoder() const;
    PictureSize size() const { return {m_width, m_height}; }
    std::optional<SoundLevel> soundLevel() { return m_sound.level(); }

private:
    enum class Turn { Stop, OpenAnew, Ended };

    // All that was asked for so far: the newest replaces the one before, and nothing is lost.
    struct Wish {
        PlaybackCommand command; // of each kind the last one
        std::uint64_t pauses = 0; // how many of each kind there were
        std::uint64_t seeks = 0;
    };

    void run(const std::stop_token &stop);
    void beginTurn(const std::stop_token &stop);
    bool isCut(const Error &error, const std::stop_token &stop) const;
    Result<Turn> runOnce(const std::stop_token &stop);
    void restAtEnd(const std::stop_token &stop);
    void rest(Error reason, const std::stop_token &stop);
    void keepLearned(const Source &source);
    bool takeSettings();
    std::optional<PlaybackCommand> takeWish();
    bool wantsAgain();
    Result<> handle(const SourceItem &item);
    Result<> handleFrame(const VideoFrame &frame);
    Result<> handleSound(const AudioFrame &frame);
    bool isWanted(TrackId alternative) const;
    bool pass(const AccessUnitPtr &unit);
    bool hand(const AccessUnitPtr &unit);
    bool isTooSoon(Timestamp pts);
    void report(HealthState state, std::optional<Error> error = std::nullopt,
                std::chrono::milliseconds retryIn = {});

    const SourceType m_type;
    const std::string m_name;
    const Events m_events;
    Log &m_log;
    const SourceContext m_context;

    Wish m_wish; // the loop only

    // The runner's thread only.
    std::stop_token m_turn;
    Settings m_settings;
    EncoderConfig m_encoderConfig;
    Timestamp m_nextPicture{0};
    Wish m_known; // what a source was told of m_wish
    std::optional<PlaybackCommand> m_toBegin; // for the source that is opened next

    // Crossing.
    H264Encoder m_encoder; // requestKeyframe() from the loop
    SoundChain m_sound; // level() from the loop
    Mailbox<Settings> m_newSettings;
    Mailbox<Wish> m_newWish;
    Wakeup m_wakeup;
    Interruption m_interruption;
    Inbox<AccessUnitPtr> m_units{std::chrono::seconds(1)};
    std::shared_ptr<PreviewMaker> m_preview = std::make_shared<PreviewMaker>();
    std::atomic<bool> m_delivered{false}; // since the last open()
    std::atomic<bool> m_encoding{false};
    std::atomic<bool> m_resting{false};
    struct Alternative {
        std::atomic<bool> asked{false};
        std::atomic<bool> told{false}; // one unit of it has been handed on
    };
    std::array<Alternative, trackCount> m_alternatives;
    std::atomic<bool> m_watched{false};
    std::atomic<bool> m_hasPreview;
    std::atomic<std::uint64_t> m_frames{0};
    std::atomic<std::uint64_t> m_dropped{0};
    std::atomic<const char *> m_encoderTitle{nullptr}; // a constant
    std::atomic<int> m_width{0};
    std::atomic<int> m_height{0};

    std::jthread m_thread; // last: the first to be destroyed
};

} // namespace heliograph
