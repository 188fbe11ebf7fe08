#include "sources/file/timeline.h"

#include <algorithm>

namespace heliograph {

namespace {

constexpr Timestamp longestStep = std::chrono::seconds(10);
constexpr Timestamp longestStepBack = std::chrono::seconds(1);
constexpr Timestamp shortestStep = std::chrono::microseconds(100);

} // namespace

Sample Timeline::place(Sample sample)
{
    Progress &progress = m_tracks[std::size_t(sample.track)];
    if (hasJumped(progress, sample.dts + m_offset))
        m_offset = progress.end - sample.dts;
    sample.dts += m_offset;
    sample.pts += m_offset;
    if (progress.last)
        sample.dts = std::max(sample.dts, *progress.last + shortestStep);
    sample.pts = std::max(sample.pts, sample.dts);
    progress.first = progress.first.value_or(sample.dts);
    progress.last = sample.dts;
    progress.end = sample.dts + sample.duration;
    const Timestamp shownEnd = sample.pts + sample.duration;
    progress.shownEnd = std::max(progress.shownEnd.value_or(shownEnd), shownEnd);
    return sample;
}

// The track that ends later says when the round begins: neither overlaps, and what they are apart
// remains. What the new round does not have has ended, too, when it begins.
void Timeline::nextRound(const Starts &starts, Clock clock)
{
    m_clock = clock;
    const Timestamp earliest =
        std::min(starts[0].value_or(Timestamp::max()), starts[1].value_or(Timestamp::max()));
    std::optional<Timestamp> offset;
    for (std::size_t i = 0; i < m_tracks.size(); ++i) {
        Progress &progress = m_tracks[i];
        progress.first.reset();
        if (progress.shownEnd)
            offset = std::max(offset.value_or(Timestamp::min()),
                              *progress.shownEnd - starts[i].value_or(earliest));
    }
    m_offset = offset.value_or(m_offset);
}

void Timeline::cut(Timestamp from, Timestamp at)
{
    m_offset = at - from;
    for (Progress &progress : m_tracks)
        progress = {{}, {}, at, at};
}

bool Timeline::hasJumped(const Progress &progress, Timestamp dts) const
{
    return m_clock == Clock::MayJump && progress.first
        && (dts - progress.end > longestStep || progress.end - dts > longestStepBack);
}

} // namespace heliograph
