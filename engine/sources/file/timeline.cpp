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
    return sample;
}

// The longer track says how long a round is: neither overlaps, and what they are apart remains.
void Timeline::nextRound()
{
    Timestamp length{0};
    for (Progress &progress : m_tracks) {
        if (progress.first)
            length = std::max(length, progress.end - *progress.first);
        progress.first.reset();
    }
    m_round += length;
    m_offset = m_round;
}

bool Timeline::hasJumped(const Progress &progress, Timestamp dts) const
{
    return m_clock == Clock::MayJump && progress.first
        && (dts - progress.end > longestStep || progress.end - dts > longestStepBack);
}

} // namespace heliograph
