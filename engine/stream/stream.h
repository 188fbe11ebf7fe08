// What a published mount carries: access units in, protocols' mounts out. It knows no protocol.
// Thread: the loop. Owner: the studio's source host.
#pragma once

#include "core/live_count.h"
#include "core/thread_owner.h"
#include "media/access_unit.h"
#include "stream/gop_cache.h"

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace heliograph {

enum class JoinAt {
    FreshKeyframe, // we own the encoder: ask it for a keyframe, start live
    CachedKeyframe, // passthrough: nobody can be asked, start from the cached GOP
    AsTheyCome, // the first for pictures that we encode, the second for those that pass
};

class StreamListener {
public:
    virtual ~StreamListener() = default;
    virtual void onUnit(const AccessUnitPtr &unit) = 0;
    virtual void onRestart(const std::vector<TrackId> & /*tracks*/) { }
};

// Who watches, on whatever loops. Thread: any.
struct Demand {
    std::atomic<int> viewers{0};
    std::array<std::atomic<int>, trackCount> players{}; // of each track, where one can choose
};

struct StreamConfig {
    std::string mount;
    JoinAt joinAt = JoinAt::FreshKeyframe;
    std::vector<TrackId> tracks; // what the source has; the stream is ready when each is known
    std::function<void()> requestKeyframe; // may be empty for passthrough
    std::shared_ptr<Demand> demand = std::make_shared<Demand>(); // replicas share it
};

class Stream : LiveCount<Stream> {
public:
    using LiveCount<Stream>::living;

    // Joiners within this of a keyframe start from it, out of the cache; at most one keyframe
    // in this time is asked for.
    static constexpr Timestamp keyframeHold = std::chrono::milliseconds(500);

    Stream(StreamConfig config, const Clock &clock);

    const std::string &mount() const { return m_config.mount; }
    const StreamConfig &config() const { return m_config; }
    bool hasPictures() const;

    void push(const AccessUnitPtr &arrived);
    // What is pushed from here on comes from somewhere else: it begins with a keyframe, which is
    // asked for, and its times go on where those before it ended, should they begin earlier.
    void splice() { m_splices = true; }
    // Another source takes over, with its way to join; viewers stay.
    void changeSource(JoinAt joinAt, std::vector<TrackId> tracks,
                      std::function<void()> requestKeyframe);
    // The source starts anew, perhaps with other tracks; viewers stay.
    void restart(std::vector<TrackId> tracks);

    // Every track's configuration, in the order of their ids; null entries never occur.
    using Tracks = std::vector<std::shared_ptr<const Track>>;
    const Tracks &tracks() const { return m_tracks; }
    Tracks mainTracks() const; // without the alternatives
    bool isReady() const; // all that the source has are known
    std::shared_ptr<const Track> track(TrackId id) const; // null: it is not known, or not there

    // Called for a joiner. True: it starts at once from cache(). False: it waits for a keyframe,
    // which has been asked for.
    bool canStartFromCache();
    // Somebody cannot go on without one (RTCP PLI): asked for as for a joiner.
    void wantKeyframe();
    const GopCache &cache() const { return m_cache; }

    void subscribe(StreamListener &listener);
    void unsubscribe(StreamListener &listener);

    // Counters for the snapshot.
    struct Counters {
        std::uint64_t pictures = 0;
        std::uint64_t bytes = 0;
        std::uint64_t keyframes = 0;
        std::uint64_t forcedKeyframes = 0;
        Timestamp gop{0}; // between the last two keyframes
    };
    const Counters &counters() const { return m_counters; }

private:
    bool startsFromCache() const;
    bool isGap(const AccessUnit &unit);
    AccessUnitPtr placed(const AccessUnitPtr &unit);
    void noteConfig(const AccessUnit &unit);
    void count(const AccessUnit &unit);
    void askForKeyframe();

    ThreadOwner m_thread;
    StreamConfig m_config;
    const Clock &m_clock;
    GopCache m_cache;
    Tracks m_tracks;
    std::vector<StreamListener *> m_listeners;
    Counters m_counters;
    Timestamp m_keyframeArrived{Timestamp::min() / 2};
    Timestamp m_keyframeAsked{Timestamp::min() / 2};
    Timestamp m_keyframePts{Timestamp::min() / 2};
    bool m_keyframeWanted = false;
    bool m_splices = false; // the next unit is the first from elsewhere
    Timestamp m_newest{Timestamp::min() / 2}; // when it is shown, of all tracks
    Timestamp m_shift{0}; // by which what comes is later than it says
};

} // namespace heliograph
