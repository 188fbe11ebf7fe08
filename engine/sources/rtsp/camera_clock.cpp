#include "sources/rtsp/camera_clock.h"

#include <algorithm>

namespace heliograph {

namespace {

using namespace std::chrono_literals;

// What lies outside these bounds around its arrival is no capture time.
constexpr Timestamp oldest = 5s;
constexpr Timestamp furthestAhead = 1s; // B-pictures are told before they are shown
constexpr Timestamp mostReorder = 1s;
constexpr Timestamp shortestStep = 100us;
constexpr Timestamp slack = 1ms; // the shortest steps of several pictures

} // namespace

CameraClock::Times CameraClock::place(TrackId track, std::optional<Timestamp> said,
                                      Timestamp duration, Timestamp arrived)
{
    Progress &progress = m_tracks[std::size_t(track)];
    const Timestamp next = progress.last ? progress.last->pts + duration : arrived;
    const Timestamp pts = said ? rebased(progress, *said, arrived) : next;
    progress.last = ordered(progress, pts);
    progress.highest = std::max(progress.highest, progress.last->pts);
    return *progress.last;
}

CameraClock::Times CameraClock::ordered(Progress &progress, Timestamp pts)
{
    if (!progress.last)
        return {pts, pts - progress.reorder};
    if (!progress.isReordered)
        pts = std::max(pts, progress.last->pts + shortestStep);
    else if (pts < progress.highest) // the first of them tells how much is needed
        progress.reorder =
            std::clamp(progress.highest - pts + slack, progress.reorder, mostReorder);
    const Timestamp dts = std::max(progress.last->dts + shortestStep, pts - progress.reorder);
    return {std::max(pts, dts), dts};
}

void CameraClock::expectReorder(Timestamp most)
{
    Progress &pictures = m_tracks[std::size_t(TrackId::Video)];
    pictures.isReordered = true;
    if (most > Timestamp(0))
        pictures.reorder = std::min(most + slack, mostReorder);
}

Timestamp CameraClock::rebased(Progress &progress, Timestamp said, Timestamp arrived)
{
    const Timestamp instant = said + progress.offset;
    const bool isPlausible = instant > arrived - oldest && instant < arrived + furthestAhead;
    const bool goesBack = progress.last && instant < progress.last->dts - mostReorder;
    if (isPlausible && !goesBack)
        return instant;
    const Timestamp anchor =
        progress.last ? std::max(arrived, progress.last->pts + shortestStep) : arrived;
    progress.offset = anchor - said;
    return anchor;
}

} // namespace heliograph
