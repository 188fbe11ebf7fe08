#include "wire/rtp/payloads.h"

#include "media/h264.h"
#include "media/opus.h"
#include "wire/rtp/rtp_packet.h"

#include <algorithm>

namespace heliograph::rtp {

namespace {

constexpr std::size_t smallestPayload = 64;
// With its header a packet fills a send of its own, and its length 16 bits.
constexpr std::size_t largestPayload = 65000 - headerSize;

// NAL units of types from here on are RTP's own: a viewer would take them for fragments or
// aggregates (RFC 6184 table 1, RFC 7798 section 4.4).
constexpr std::uint8_t firstH264Aggregate = 24;
constexpr std::uint8_t firstHevcAggregate = 48;
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

bool isSentInH264(ByteSpan nal)
{
    const h264::NalType type = h264::typeOf(nal);
    return type >= h264::NalType::NonIdrSlice && std::uint8_t(type) < firstH264Aggregate
        && h264::isCarried(type);
}

bool isSentInHevc(ByteSpan nal)
{
    const hevc::NalType type = hevc::typeOf(nal);
    return std::uint8_t(type) < firstHevcAggregate && hevc::isCarried(type);
}

// What stands in a fragment in the place of its NAL unit's header.
struct FragmentHead {
    std::size_t nalHeader = 0; // bytes that it replaces
    std::array<std::uint8_t, 4> prefix{}; // its last byte is to get the flags
    std::uint8_t size = 0;
};

//  +---------------+---------------+
//  |F|NRI| 28      |S|E|R|  Type   |     RFC 6184 section 5.8
//  +---------------+---------------+
FragmentHead h264Fragment(ByteSpan nal)
{
    constexpr std::uint8_t fuA = 28;
    return {1, {std::uint8_t((nal[0] & 0xe0) | fuA), std::uint8_t(nal[0] & 0x1f)}, 2};
}

//  +---------------+---------------+---------------+
//  |F|   49    |  LayerId  |  TID  |S|E|   Type    |     RFC 7798 section 4.4.3
//  +---------------+---------------+---------------+
FragmentHead hevcFragment(ByteSpan nal)
{
    constexpr std::uint8_t fu = 49;
    return {2,
            {std::uint8_t((nal[0] & 0x81) | fu << 1), nal[1], std::uint8_t((nal[0] >> 1) & 0x3f)},
            3};
}

std::size_t packetsOf(ByteSpan nal, const FragmentHead &head, std::size_t maximum)
{
    return nal.size() <= maximum ? 1 : divideUp(nal.size() - head.nalHeader, maximum - head.size);
}

// All fragments are full but the last, so that the kernel can cut them from one run.
void addFragments(std::vector<PlannedPacket> &packets, const FragmentHead &head, ByteSpan nal,
                  std::size_t maximum)
{
    const std::size_t step = maximum - head.size;
    const ByteSpan whole = nal.subspan(head.nalHeader);
    for (ByteSpan rest = whole; !rest.empty();) {
        const ByteSpan part = rest.first(std::min(step, rest.size()));
        const bool first = rest.size() == whole.size();
        const bool last = part.size() == rest.size();
        PlannedPacket packet{head.prefix, head.size, part};
        packet.prefix[head.size - 1u] |= (first ? startBit : 0) | (last ? endBit : 0);
        packets.push_back(packet);
        rest = rest.subspan(part.size());
    }
}

std::vector<PlannedPacket> planNals(const AccessUnit &unit, std::size_t maximumPayload,
                                    bool (*isSent)(ByteSpan), FragmentHead (*fragment)(ByteSpan))
{
    const std::size_t maximum = clampPayload(maximumPayload);
    std::size_t count = 0;
    for (const Bytes &nal : unit.units)
        count += isSent(nal) ? packetsOf(nal, fragment(nal), maximum) : 0;
    std::vector<PlannedPacket> packets;
    packets.reserve(count);
    for (const Bytes &nal : unit.units) {
        if (!isSent(nal))
            continue;
        if (nal.size() <= maximum)
            packets.push_back({{}, 0, nal.span()});
        else
            addFragments(packets, fragment(nal), nal, maximum);
    }
    if (!packets.empty())
        packets.back().marker = true;
    return packets;
}

} // namespace

std::vector<PlannedPacket> planH264(const AccessUnit &unit, std::size_t maximumPayload)
{
    return planNals(unit, maximumPayload, isSentInH264, h264Fragment);
}

std::vector<PlannedPacket> planHevc(const AccessUnit &unit, std::size_t maximumPayload)
{
    return planNals(unit, maximumPayload, isSentInHevc, hevcFragment);
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

namespace {

// Never cut (RFC 7587 section 4.2): the largest frame that makes sense fits a packet.
std::vector<PlannedPacket> planOpus(const AccessUnit &unit)
{
    const ByteSpan packet = unit.units.empty() ? ByteSpan() : unit.units.front().span();
    if (opus::samplesOf(packet) == 0 || packet.size() > largestPayload)
        return {};
    return {{{}, 0, packet}};
}

// Any number of samples fit (RFC 3551 section 4.2); a source's own packets are passed on whole.
std::vector<PlannedPacket> planG711(const AccessUnit &unit)
{
    const ByteSpan packet = unit.units.empty() ? ByteSpan() : unit.units.front().span();
    if (packet.empty() || packet.size() > largestPayload)
        return {};
    return {{{}, 0, packet}};
}

} // namespace

bool hasPayloadFormat(const Track &track)
{
    return !std::holds_alternative<OpaqueConfig>(track.config) || isOpus(track) || isG711(track);
}

std::uint8_t payloadTypeOf(const Track &track)
{
    constexpr std::uint8_t firstDynamic = 96;
    constexpr std::uint8_t pcmu = 0;
    constexpr std::uint8_t pcma = 8;
    const auto *opaque = std::get_if<OpaqueConfig>(&track.config);
    if (isG711(track) && opaque->sampleRate == 8000 && opaque->channels == 1)
        return opaque->codec == OpaqueCodec::Pcmu ? pcmu : pcma;
    return std::uint8_t(firstDynamic + int(track.id));
}

std::vector<PlannedPacket> planPayload(const AccessUnit &unit, std::size_t maximumPayload)
{
    const Track &track = *unit.config;
    if (std::holds_alternative<H264Config>(track.config))
        return planH264(unit, maximumPayload);
    if (std::holds_alternative<HevcConfig>(track.config))
        return planHevc(unit, maximumPayload);
    if (isG711(track))
        return planG711(unit);
    return isOpus(track) ? planOpus(unit) : planAac(unit, maximumPayload);
}

std::uint32_t samplesOf(const AccessUnit &unit)
{
    constexpr std::uint32_t aacFrame = 1024;
    if (unit.config->isVideo() || unit.units.empty())
        return 0;
    const Bytes &frame = unit.units.front();
    if (isG711(*unit.config)) // a byte each
        return std::uint32_t(frame.size())
            / std::uint32_t(std::max(1, std::get<OpaqueConfig>(unit.config->config).channels));
    return isOpus(*unit.config) ? std::uint32_t(opus::samplesOf(frame)) : aacFrame;
}

} // namespace heliograph::rtp
