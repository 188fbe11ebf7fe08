#include "load_viewer.h"

namespace heliograph::bench {

namespace {

double milliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

} // namespace

void LoadViewer::notePicture(bool keyframe, std::optional<WallTime> stamp)
{
    ++m_counts.frames;
    if (stamp)
        m_counts.latencyMs.push_back(float(milliseconds(SystemClock().wallNow() - *stamp)));
    if (m_lastPicture)
        m_counts.gapMs.push_back(float(milliseconds(m_now - *m_lastPicture)));
    if (keyframe && !m_firstPictureMs)
        m_firstPictureMs = milliseconds(m_now - m_played);
    m_lastPicture = m_now;
}

} // namespace heliograph::bench
