#include "sources/rtsp/camera_clock.h"

#include <algorithm>

namespace heliograph {

namespace {

using namespace std::chrono_literals;

// What lies outside these bounds around its arrival is no capture time.
constexpr Timestamp oldest = 5s;
constexpr Timestamp furthestAhead = 1s; // B-pictures are told before they are shown
constexpr Timestamp longestReorder = 1s;
constexpr Timestamp shortestStep = 100us;

} // namespace

CameraClock::Times CameraClock::place(TrackId track, std::optional<Timestamp> said,
                                      Timestamp duration, Timestamp arrived)
{
    Progress &progress = m_tracks[std::size_t(track)];
    const Timestamp next = progress.last ? progress.last->pts + duration : arrived;
    const Timestamp pts = said ? rebased(progress, *said, arrived) : next;
    const Timestamp earliest = progress.last ? progress.last->dts + shortestStep : pts;
    if (track == TrackId::Video && pts < earliest) // the first B-picture tells how much is needed
        progress.reorder += earliest - pts;
    const Timestamp dts =
        progress.last ? std::max(earliest, pts - progress.reorder) : pts - progress.reorder;
    progress.last = Times{std::max(pts, dts), dts};
    return *progress.last;
}

void CameraClock::expectReorder(Timestamp most)
{
    constexpr Timestamp slack = 1ms; // the shortest steps between several of them
    if (most > Timestamp(0))
        m_tracks[std::size_t(TrackId::Video)].reorder = most + slack;
}

Timestamp CameraClock::rebased(Progress &progress, Timestamp said, Timestamp arrived)
{
    const Timestamp instant = said + progress.offset;
    const bool isPlausible = instant > arrived - oldest && instant < arrived + furthestAhead;
    const bool goesBack = progress.last && instant < progress.last->dts - longestReorder;
    if (isPlausible && !goesBack)
        return instant;
    const Timestamp anchor =
        progress.last ? std::max(arrived, progress.last->pts + shortestStep) : arrived;
    progress.offset = anchor - said;
    return anchor;
}

} // namespace heliograph
