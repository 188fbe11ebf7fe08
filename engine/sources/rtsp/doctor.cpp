#include "sources/rtsp/doctor.h"

#include <algorithm>
#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

using Fact = StoryLine::Fact;

constexpr Timestamp window = std::chrono::seconds(5);

double seconds(Timestamp time)
{
    return std::chrono::duration<double>(time).count();
}

std::string driftText(double partsPerMillion)
{
    const auto rounded = std::llround(std::abs(partsPerMillion));
    if (rounded == 0)
        return "true";
    return fmt::format("{} ppm {}", rounded, partsPerMillion > 0 ? "fast" : "slow");
}

std::string distanceText(Timestamp ahead)
{
    return fmt::format("{} {} ours", durationText(ahead < Timestamp(0) ? -ahead : ahead),
                       ahead < Timestamp(0) ? "behind" : "ahead of");
}

} // namespace

std::string durationText(Timestamp time)
{
    if (time < std::chrono::seconds(1))
        return fmt::format("{} ms", time / std::chrono::milliseconds(1));
    return fmt::format("{:.1f} s", seconds(time));
}

Doctor::Doctor(std::shared_ptr<SourceMemory> memory, const Clock &clock)
    : m_memory(std::move(memory))
    , m_clock(clock)
    , m_begin(clock.now())
{
}

void Doctor::tell(Fact fact, std::string subject, std::string detail)
{
    m_story.push_back({fact, std::move(subject), std::move(detail), {}});
    publish();
}

void Doctor::tellEnd(Fact fact, const Error &error)
{
    m_story.push_back({fact, {}, {}, error});
    publish();
}

void Doctor::retell(Fact fact, std::string subject, std::string detail)
{
    const auto before = std::ranges::find(m_story, fact, &StoryLine::fact);
    StoryLine line{fact, std::move(subject), std::move(detail), {}};
    if (before == m_story.end())
        m_story.push_back(std::move(line));
    else if (*before == line)
        return;
    else
        *before = std::move(line);
    publish();
}

void Doctor::notePicture(Timestamp pts, bool keyframe, PictureSize size,
                         std::optional<WallTime> ntp)
{
    if (!std::exchange(m_hasPicture, true)) {
        tell(Fact::FirstPicture, sizeToText(size), sinceBegin());
        m_windowStart = pts;
    }
    if (keyframe && m_keyframe)
        m_gop = pts - *m_keyframe;
    if (keyframe)
        m_keyframe = pts;
    if (ntp)
        m_drift.note(*ntp, m_clock.wallNow());
    ++m_inWindow;
    if (pts - m_windowStart >= window)
        measure(pts);
}

void Doctor::measure(Timestamp pts)
{
    const double rate = (m_inWindow - 1) / seconds(pts - m_windowStart);
    if (m_gop > Timestamp(0)) // nothing is told of keyframes that are made here
        retell(Fact::Rhythm, fmt::format("{:.0f}", rate), fmt::format("{:.1f}", seconds(m_gop)));
    if (const auto drift = m_drift.measured())
        retell(Fact::ClockDrift, driftText(drift->partsPerMillion), distanceText(drift->ahead));
    m_windowStart = pts;
    m_inWindow = 1;
}

void Doctor::noteLoss(std::uint64_t received, std::uint64_t lost)
{
    const auto all = double(received + lost);
    if (all > 0)
        retell(Fact::Loss, std::to_string(lost), fmt::format("{:.1f}", 100 * double(lost) / all));
}

std::string Doctor::sinceBegin() const
{
    return durationText(m_clock.now() - m_begin);
}

void Doctor::publish()
{
    m_memory->story.set(std::make_shared<const Story>(m_story));
}

} // namespace heliograph
