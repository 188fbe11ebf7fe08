#include "sources/file/pacer.h"

#include <algorithm>
#include <utility>

namespace heliograph {

namespace {

using std::chrono::milliseconds;

constexpr Timestamp mostBehind = std::chrono::seconds(1);
constexpr milliseconds longestNap(200);

} // namespace

bool Pacer::waitUntil(Timestamp when, Timestamp slack, const std::stop_token &stop, Offset offset)
{
    const Timestamp start = m_clock.now();
    const bool isBehind = start - toSteady(when) > mostBehind;
    const bool mayMove = offset == Offset::MayMove;
    if (!m_offset || (mayMove && (isBehind || std::exchange(m_goesOn, false))))
        m_offset = std::max(start - when, m_offset.value_or(start - when));
    if (start >= toSteady(when))
        return !stop.stop_requested();
    const Timestamp end = toSteady(when) + slack;
    for (Timestamp now = start; now < end; now = m_clock.now()) {
        if (stop.stop_requested())
            return false;
        const auto rest = std::chrono::ceil<milliseconds>(end - now);
        m_nap(std::min(rest, longestNap), stop);
    }
    return !stop.stop_requested();
}

bool Pacer::idle(const std::stop_token &stop)
{
    m_nap(longestNap, stop);
    return !stop.stop_requested();
}

WallTime Pacer::toWall(Timestamp when) const
{
    return m_clock.toWall(toSteady(when));
}

} // namespace heliograph
