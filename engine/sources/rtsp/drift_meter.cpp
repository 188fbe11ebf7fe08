#include "sources/rtsp/drift_meter.h"

namespace heliograph {

namespace {

using namespace std::chrono_literals;

constexpr auto slice = 1s;
constexpr auto shortest = 20s; // a delay of 1 ms is 50 ppm in it
constexpr Timestamp step = 500ms; // it was set, not slow

} // namespace

// Delays only make it seem to be behind, so of each second the sample that is ahead most counts.
void DriftMeter::note(WallTime theirs, WallTime arrived)
{
    const Sample sample{theirs, Timestamp(theirs - arrived)};
    const bool isSet =
        m_last && (sample.ahead > m_last->ahead + step || sample.ahead < m_last->ahead - step);
    if (isSet) {
        m_first.reset();
        m_last.reset();
    }
    const bool isNewSlice = theirs - m_current.theirs >= slice || theirs < m_current.theirs;
    if (!isNewSlice) {
        m_current.ahead = std::max(m_current.ahead, sample.ahead);
        return;
    }
    if (m_current.theirs != WallTime(0) && !isSet) {
        m_last = m_current;
        m_first = m_first.value_or(m_current);
    }
    m_current = sample;
}

std::optional<DriftMeter::Drift> DriftMeter::measured() const
{
    if (!m_first || m_last->theirs - m_first->theirs < shortest)
        return std::nullopt;
    const std::chrono::duration<double> gained(m_last->ahead - m_first->ahead);
    const std::chrono::duration<double> watched(m_last->theirs - m_first->theirs);
    return Drift{1e6 * gained / watched, m_last->ahead};
}

} // namespace heliograph
