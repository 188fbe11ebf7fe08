#include "stream/stream.h"

#include <algorithm>
#include <utility>

namespace heliograph {

namespace {

constexpr Timestamp spliceStep = std::chrono::milliseconds(10);

} // namespace

Stream::Stream(StreamConfig config, const Clock &clock)
    : m_config(std::move(config))
    , m_clock(clock)
{
}

bool Stream::hasPictures() const
{
    return std::find(m_config.tracks.begin(), m_config.tracks.end(), TrackId::Video)
        != m_config.tracks.end();
}

bool Stream::isReady() const
{
    return !m_tracks.empty() && std::ranges::all_of(m_config.tracks, [this](TrackId id) {
        return track(id) != nullptr;
    });
}

std::shared_ptr<const Track> Stream::track(TrackId id) const
{
    const auto found = std::ranges::find(m_tracks, id, [](const auto &track) { return track->id; });
    return found == m_tracks.end() ? nullptr : *found;
}

Stream::Tracks Stream::mainTracks() const
{
    Tracks tracks = m_tracks;
    std::erase_if(tracks, [](const auto &track) { return isAlternative(track->id); });
    return tracks;
}

void Stream::push(const AccessUnitPtr &arrived)
{
    m_thread.assertHere();
    if (m_splices && isGap(*arrived))
        return;
    const AccessUnitPtr unit = placed(arrived);
    noteConfig(*unit);
    count(*unit);
    m_cache.push(unit);
    for (StreamListener *listener : m_listeners)
        listener->onUnit(unit);
    if (m_keyframeWanted)
        askForKeyframe();
}

// Behind a splice, before its first keyframe: nobody can decode it.
bool Stream::isGap(const AccessUnit &unit)
{
    if (!hasPictures() || (unit.track == TrackId::Video && unit.keyframe))
        return false;
    wantKeyframe();
    return true;
}

AccessUnitPtr Stream::placed(const AccessUnitPtr &unit)
{
    if (std::exchange(m_splices, false))
        m_shift = std::max(Timestamp(0), m_newest + spliceStep - unit->dts);
    m_newest = std::max(m_newest, unit->pts + m_shift);
    if (m_shift == Timestamp(0))
        return unit;
    auto later = std::make_shared<AccessUnit>(*unit);
    later->pts += m_shift;
    later->dts += m_shift;
    return later;
}

void Stream::changeSource(JoinAt joinAt, std::vector<TrackId> tracks,
                          std::function<void()> requestKeyframe)
{
    m_config.joinAt = joinAt;
    m_config.requestKeyframe = std::move(requestKeyframe);
    splice();
    restart(std::move(tracks));
}

void Stream::restart(std::vector<TrackId> tracks)
{
    m_config.tracks = std::move(tracks);
    m_cache.clear();
    std::erase_if(m_tracks, [this](const auto &track) {
        return std::find(m_config.tracks.begin(), m_config.tracks.end(), track->id)
            == m_config.tracks.end();
    });
    for (StreamListener *listener : m_listeners)
        listener->onRestart(m_config.tracks);
}

bool Stream::canStartFromCache()
{
    m_thread.assertHere();
    const bool fresh = m_clock.now() - m_keyframeArrived <= keyframeHold;
    if (!m_cache.units().empty() && (fresh || startsFromCache()))
        return true;
    wantKeyframe();
    return false;
}

bool Stream::startsFromCache() const
{
    if (m_config.joinAt != JoinAt::AsTheyCome)
        return m_config.joinAt == JoinAt::CachedKeyframe;
    return std::none_of(m_tracks.begin(), m_tracks.end(),
                        [](const auto &track) { return track->isVideo() && track->encodedHere; });
}

void Stream::wantKeyframe()
{
    m_keyframeWanted = true;
    askForKeyframe();
}

void Stream::subscribe(StreamListener &listener)
{
    m_listeners.push_back(&listener);
}

void Stream::unsubscribe(StreamListener &listener)
{
    std::erase(m_listeners, &listener);
}

void Stream::noteConfig(const AccessUnit &unit)
{
    const auto place =
        std::lower_bound(m_tracks.begin(), m_tracks.end(), unit.track,
                         [](const auto &track, TrackId id) { return track->id < id; });
    if (place == m_tracks.end() || (*place)->id != unit.track)
        m_tracks.insert(place, unit.config);
    else if (*place != unit.config)
        *place = unit.config;
}

void Stream::count(const AccessUnit &unit)
{
    m_counters.bytes += unit.size();
    if (unit.track != TrackId::Video)
        return;
    ++m_counters.pictures;
    if (!unit.keyframe)
        return;
    if (m_counters.keyframes++ > 0)
        m_counters.gop = unit.pts - m_keyframePts;
    m_keyframePts = unit.pts;
    m_keyframeArrived = m_clock.now();
    m_keyframeWanted = false;
}

// At most once in keyframeHold, counted from the last keyframe and from the last request; push()
// comes back here while one is still wanted.
void Stream::askForKeyframe()
{
    const Timestamp now = m_clock.now();
    if (!m_config.requestKeyframe || now - m_keyframeAsked <= keyframeHold
        || now - m_keyframeArrived <= keyframeHold)
        return;
    m_keyframeAsked = now;
    ++m_counters.forcedKeyframes;
    m_config.requestKeyframe();
}

} // namespace heliograph
