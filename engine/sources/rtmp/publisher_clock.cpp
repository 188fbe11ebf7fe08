#include "sources/rtmp/publisher_clock.h"

#include <algorithm>

namespace heliograph {

namespace {

constexpr Timestamp furthestAhead = std::chrono::seconds(2); // of the arrival
constexpr Timestamp longestStep = std::chrono::seconds(1); // what is longer, and ahead, is a jump
constexpr Timestamp furthestBack = std::chrono::seconds(1); // of the track's own
constexpr Timestamp shortestStep = std::chrono::microseconds(100);

} // namespace

Timestamp PublisherClock::place(TrackId track, std::uint32_t time, std::uint32_t nanoseconds,
                                Timestamp arrived)
{
    Progress &progress = m_tracks[std::size_t(track)];
    const bool isFirst = !m_last;
    const Timestamp step = advance(time) - progress.newest;
    const Timestamp ahead = m_media + m_anchor - arrived - furthestAhead;
    const bool isFar = ahead > Timestamp(0);
    if (isFirst || step < -furthestBack || (isFar && step > longestStep))
        anchor(arrived);
    else if (isFar) // its clock is the faster one: held, without a seam
        m_anchor -= ahead;
    progress.newest = std::max(progress.newest, m_media);

    Timestamp instant = m_media + m_anchor + Timestamp(nanoseconds);
    if (progress.given)
        instant = std::max(instant, *progress.given + shortestStep);
    progress.given = instant;
    m_highest = std::max(m_highest, instant);
    return instant;
}

// The shorter way round: a step back across 0 is one of less than 24 days.
Timestamp PublisherClock::advance(std::uint32_t time)
{
    const auto step = std::int32_t(time - m_last.value_or(time));
    m_last = time;
    m_media += std::chrono::milliseconds(step);
    return m_media;
}

// Neither track goes back for it, and where one has jumped the other is expected to follow.
void PublisherClock::anchor(Timestamp arrived)
{
    m_anchor = std::max(arrived, m_highest + shortestStep) - m_media;
    for (Progress &progress : m_tracks)
        progress.newest = m_media;
}

} // namespace heliograph
