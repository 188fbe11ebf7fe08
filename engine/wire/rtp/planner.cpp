#include "wire/rtp/planner.h"

#include "media/h264.h"
#include "wire/rtp/rtp_packet.h"

#include <algorithm>

namespace heliograph::rtp {

namespace {

constexpr std::uint32_t aacFrameSamples = 1024;
constexpr std::size_t smallestPayload = 64;
// With its header a packet fills a send of its own, and its length 16 bits.
constexpr std::size_t largestPayload = 65000 - headerSize;

//  +---------------+---------------+
//  |F|NRI| 28      |S|E|R|  Type   |  fragment of the NAL unit without its first byte
//  +---------------+---------------+     RFC 6184 section 5.8
constexpr std::size_t fragmentHeaderSize = 2;
constexpr std::uint8_t lastNalType = 23; // RFC 6184 table 1
constexpr std::uint8_t fuA = 28;
constexpr std::uint8_t startBit = 0x80;
constexpr std::uint8_t endBit = 0x40;

//  +-------------------------------+-------------------------+-----+
//  | AU-headers-length in bits: 16 | AU-size, 13 bits        |idx 0|   RFC 3640 section 3.3.6
//  +-------------------------------+-------------------------+-----+
constexpr std::size_t auHeaderSize = 4;
constexpr std::size_t largestAacFrame = (1 << 13) - 1;

std::size_t divideUp(std::size_t value, std::size_t by)
{
    return (value + by - 1) / by;
}

std::size_t clampPayload(std::size_t maximum)
{
    return std::clamp(maximum, smallestPayload, largestPayload);
}

// Types from 24 on are RTP's own, and a viewer would take them for fragments or aggregates.
bool isSent(ByteSpan nal)
{
    const h264::NalType type = h264::typeOf(nal);
    return type >= h264::NalType::NonIdrSlice && std::uint8_t(type) <= lastNalType
        && h264::isCarried(type);
}

std::size_t packetsOf(ByteSpan nal, std::size_t maximum)
{
    return nal.size() <= maximum ? 1 : divideUp(nal.size() - 1, maximum - fragmentHeaderSize);
}

// All fragments are full but the last, so that the kernel can cut them from one run.
void addFragments(std::vector<PlannedPacket> &packets, ByteSpan nal, std::size_t maximum)
{
    const auto indicator = std::uint8_t((nal[0] & 0xe0) | fuA);
    const auto type = std::uint8_t(nal[0] & 0x1f);
    const std::size_t step = maximum - fragmentHeaderSize;
    for (ByteSpan rest = nal.subspan(1); !rest.empty();) {
        const ByteSpan part = rest.first(std::min(step, rest.size()));
        const bool first = rest.size() == nal.size() - 1;
        const bool last = part.size() == rest.size();
        const auto flags = std::uint8_t((first ? startBit : 0) | (last ? endBit : 0));
        packets.push_back({{indicator, std::uint8_t(flags | type)}, fragmentHeaderSize, part});
        rest = rest.subspan(part.size());
    }
}

bool isSound(const AccessUnit &unit)
{
    return unit.track == TrackId::Audio;
}

} // namespace

std::vector<PlannedPacket> planH264(const AccessUnit &unit, std::size_t maximumPayload)
{
    const std::size_t maximum = clampPayload(maximumPayload);
    std::size_t count = 0;
    for (const Bytes &nal : unit.units)
        count += isSent(nal) ? packetsOf(nal, maximum) : 0;

    std::vector<PlannedPacket> packets;
    packets.reserve(count);
    for (const Bytes &nal : unit.units) {
        if (!isSent(nal))
            continue;
        if (nal.size() <= maximum)
            packets.push_back({{}, 0, nal.span()});
        else
            addFragments(packets, nal, maximum);
    }
    if (!packets.empty())
        packets.back().marker = true;
    return packets;
}

std::vector<PlannedPacket> planAac(const AccessUnit &unit, std::size_t maximumPayload)
{
    const ByteSpan frame = unit.units.empty() ? ByteSpan() : unit.units.front().span();
    if (frame.size() > largestAacFrame) // its size has no place in the header
        return {};
    // Every fragment of a frame says the size of the whole frame (section 3.2.3).
    const auto bits = std::uint16_t(frame.size() << 3);
    const std::array<std::uint8_t, 4> prefix = {0, 16, std::uint8_t(bits >> 8), std::uint8_t(bits)};
    const std::size_t step = clampPayload(maximumPayload) - auHeaderSize;

    std::vector<PlannedPacket> packets;
    packets.reserve(divideUp(frame.size(), step));
    for (std::size_t at = 0; at < frame.size(); at += step)
        packets.push_back(
            {prefix, auHeaderSize, frame.subspan(at, std::min(step, frame.size() - at))});
    if (!packets.empty())
        packets.back().marker = true;
    return packets;
}

PacketPlan Planner::plan(const AccessUnitPtr &unit)
{
    PacketPlan plan;
    plan.unit = unit;
    plan.payloadType = m_config.payloadType;
    plan.ssrc = m_config.ssrc;
    plan.firstSequence = m_next;
    plan.packets = isSound(*unit) ? planAac(*unit, m_config.maximumPayload)
                                  : planH264(*unit, m_config.maximumPayload);
    plan.timestamp = timestampOf(*unit);
    if (!plan.packets.empty()) {
        m_next = std::uint16_t(m_next + plan.packets.size());
        m_lastTimestamp = plan.timestamp;
        m_followsSound = isSound(*unit);
    }
    return plan;
}

std::uint32_t Planner::timestampOf(const AccessUnit &unit) const
{
    const std::uint32_t clock = rtpTime(unit.pts);
    if (!m_followsSound || !isSound(unit))
        return clock;
    // Capture times jitter, samples do not: frames are 1024 apart unless at least half a frame
    // is missing.
    const std::uint32_t next = m_lastTimestamp + aacFrameSamples;
    const auto off = std::int32_t(clock - next);
    const bool follows =
        off > -std::int32_t(aacFrameSamples / 2) && off < std::int32_t(aacFrameSamples / 2);
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
    return m_followsSound ? m_lastTimestamp + aacFrameSamples : rtpTime(when);
}

} // namespace heliograph::rtp
