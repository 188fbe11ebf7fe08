#include "wire/rtp/planner.h"

#include "wire/rtp/payloads.h"

namespace heliograph::rtp {

namespace {

// Sound that has not come for so long does not go on where it ended.
constexpr Timestamp silence = std::chrono::seconds(1);

bool isSound(const AccessUnit &unit)
{
    return unit.track != TrackId::Video;
}

} // namespace

PacketPlan Planner::plan(const AccessUnitPtr &unit)
{
    PacketPlan plan;
    plan.unit = unit;
    plan.payloadType = m_config.payloadType;
    plan.ssrc = m_config.ssrc;
    plan.firstSequence = m_next;
    plan.packets = planPayload(*unit, m_config.maximumPayload);
    plan.timestamp = timestampOf(*unit);
    if (plan.packets.empty())
        return plan;
    // Of Opus and G.711 it says that there was silence before (RFC 7587 section 4.1, RFC 3551
    // section 4.1).
    if (isSound(*unit) && !plan.packets.back().marker)
        plan.packets.front().marker = !m_followsSound || plan.timestamp != nextTimestamp({});
    m_next = std::uint16_t(m_next + plan.packets.size());
    m_last = unit->pts;
    m_lastTimestamp = plan.timestamp;
    m_lastSamples = samplesOf(*unit);
    m_followsSound = isSound(*unit);
    return plan;
}

std::uint32_t Planner::timestampOf(const AccessUnit &unit) const
{
    const std::uint32_t clock = rtpTime(unit.pts);
    if (!m_followsSound || !isSound(unit))
        return clock;
    // Capture times jitter, samples do not: frames follow each other unless at least half of one
    // is missing.
    const std::uint32_t next = m_lastTimestamp + m_lastSamples;
    const auto off = std::int32_t(clock - next);
    const auto half = std::int32_t(m_lastSamples / 2);
    const bool follows = off > -half && off < half;
    return follows ? next : clock;
}

std::uint32_t Planner::rtpTime(Timestamp when) const
{
    // Seconds and the rest apart: nanoseconds times 90000 leave 64 bits after 28 hours.
    const Timestamp since = when - m_config.epoch;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    const std::int64_t rest = (since - seconds).count();
    const std::int64_t ticks = seconds.count() * m_config.clockRate
        + (rest * m_config.clockRate + 500'000'000) / 1'000'000'000;
    return m_config.timestampBase + std::uint32_t(ticks);
}

std::uint32_t Planner::nextTimestamp(Timestamp when) const
{
    const bool goesOn = m_followsSound && when - m_last < silence;
    return goesOn ? m_lastTimestamp + m_lastSamples : rtpTime(when);
}

} // namespace heliograph::rtp
