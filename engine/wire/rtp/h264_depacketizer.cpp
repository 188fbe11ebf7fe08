#include "wire/rtp/h264_depacketizer.h"

#include "media/h264.h"
#include "wire/big_endian.h"

#include <algorithm>
#include <utility>

namespace heliograph::rtp {

namespace {

constexpr std::size_t maximumUnitBytes = 8 * 1024 * 1024;
constexpr std::size_t maximumNals = 4096;
// A packet this little behind comes late or twice; one further behind begins a new numbering
// (MAX_MISORDER of RFC 3550 appendix A.1).
constexpr std::uint16_t maximumMisorder = 100;

// RFC 6184 table 1.
constexpr std::uint8_t lastSingle = 23;
constexpr std::uint8_t stapA = 24;
constexpr std::uint8_t fuA = 28;
constexpr std::uint8_t startBit = 0x80;
constexpr std::uint8_t endBit = 0x40;

tl::unexpected<Error> broken(const char *what)
{
    return failure(ErrorCode::Malformed, std::string("unpack H.264 › ") + what);
}

} // namespace

Result<std::optional<ReceivedUnit>> H264Depacketizer::push(const Packet &packet)
{
    const Header &header = packet.header;
    const auto ahead = std::uint16_t(header.sequence - m_expected.value_or(header.sequence));
    if (ahead >= std::uint16_t(-maximumMisorder))
        return std::nullopt;
    m_expected = std::uint16_t(header.sequence + 1);
    noteGap(ahead);

    std::optional<ReceivedUnit> finished;
    if (header.timestamp != m_unit.timestamp)
        finished = takeUnit();
    m_unit.timestamp = header.timestamp;
    m_unit.damaged = m_unit.damaged || ahead != 0;

    if (Result<> appended = append(packet.payload); !appended) {
        dropUnit();
        return tl::unexpected(std::move(appended.error()));
    }
    // One packet can end the unit before, whose marker was lost, and complete its own: the
    // damaged one then gives way, and an intact one goes first.
    if (header.marker && (!finished || finished->damaged))
        finished = takeUnit();
    return finished;
}

void H264Depacketizer::noteGap(std::uint16_t lost)
{
    if (lost == 0)
        return;
    m_lost += lost;
    m_unit.damaged = m_unit.damaged || !m_unit.nals.empty();
    dropFragment();
}

Result<> H264Depacketizer::append(ByteSpan payload)
{
    if (payload.empty()) // padding alone, as a keep-alive
        return {};
    const std::uint8_t type = payload[0] & 0x1f;
    if (type == fuA)
        return appendFragment(payload);
    dropFragment(); // one without an end, if any
    if (type == stapA)
        return appendAggregate(payload);
    if (type == 0 || type > lastSingle)
        return broken("packet type of another packetization mode");
    return addNal(payload);
}

//  +---------------+---------------+
//  |F|NRI| 28      |S|E|R|  Type   |  fragment of the NAL unit without its first byte
//  +---------------+---------------+     section 5.8
Result<> H264Depacketizer::appendFragment(ByteSpan payload)
{
    if (payload.size() < 3)
        return broken("empty fragment");
    const bool start = (payload[1] & startBit) != 0;
    const bool end = (payload[1] & endBit) != 0;
    if (start && end)
        return broken("fragment that is first and last");
    if (start)
        return startFragment(payload);
    if (!m_inFragment)
        return m_unit.damaged ? Result<>() : broken("fragment without its first");
    std::vector<std::uint8_t> &nal = m_unit.nals.back();
    if (((nal[0] ^ payload[1]) & 0x1f) != 0)
        return broken("fragment of another NAL unit type");
    const ByteSpan part = payload.subspan(2);
    if (Result<> room = reserve(part.size()); !room)
        return room;
    nal.insert(nal.end(), part.begin(), part.end());
    m_inFragment = !end;
    return {};
}

Result<> H264Depacketizer::startFragment(ByteSpan payload)
{
    dropFragment();
    // The fragment without its first byte is the NAL unit's beginning, but for the header.
    if (Result<> added = addNal(payload.subspan(1)); !added)
        return added;
    m_unit.nals.back()[0] = std::uint8_t((payload[0] & 0xe0) | (payload[1] & 0x1f));
    m_inFragment = true;
    return {};
}

//  +---------------+---------------+---------------+------------
//  |F|NRI| 24      | size, 16 bits                 | NAL unit, then the next size …
//  +---------------+---------------+---------------+------------    section 5.7.1
Result<> H264Depacketizer::appendAggregate(ByteSpan payload)
{
    ByteSpan rest = payload.subspan(1);
    while (!rest.empty()) {
        const std::size_t size = rest.size() < 2 ? 0 : wire::read16(rest, 0);
        if (size == 0 || size > rest.size() - 2)
            return broken("aggregated size past the end");
        if (Result<> added = addNal(rest.subspan(2, size)); !added)
            return added;
        rest = rest.subspan(2 + size);
    }
    return {};
}

Result<> H264Depacketizer::addNal(ByteSpan nal)
{
    if (m_unit.nals.size() >= maximumNals)
        return failure(ErrorCode::TooLarge, "unpack H.264 › too many NAL units");
    if (Result<> room = reserve(nal.size()); !room)
        return room;
    m_unit.nals.emplace_back(nal.begin(), nal.end());
    return {};
}

Result<> H264Depacketizer::reserve(std::size_t bytes)
{
    if (bytes > maximumUnitBytes - m_unitBytes)
        return failure(ErrorCode::TooLarge, "unpack H.264 › too many bytes");
    m_unitBytes += bytes;
    return {};
}

// A NAL unit whose end never came is no NAL unit.
void H264Depacketizer::dropFragment()
{
    if (!std::exchange(m_inFragment, false))
        return;
    m_unitBytes -= m_unit.nals.back().size();
    m_unit.nals.pop_back();
    m_unit.damaged = true;
}

// What comes next cannot be trusted either: it refers to what is gone.
void H264Depacketizer::dropUnit()
{
    m_unit = {m_unit.timestamp, false, true, {}};
    m_unitBytes = 0;
    m_inFragment = false;
}

// Damage that left nothing to return is said with the next unit.
std::optional<ReceivedUnit> H264Depacketizer::takeUnit()
{
    dropFragment();
    m_unitBytes = 0;
    if (m_unit.nals.empty())
        return std::nullopt;
    ReceivedUnit unit = std::exchange(m_unit, {m_unit.timestamp, false, false, {}});
    unit.keyframe = std::any_of(unit.nals.begin(), unit.nals.end(), [](const auto &nal) {
        return h264::typeOf(nal) == h264::NalType::IdrSlice;
    });
    return unit;
}

} // namespace heliograph::rtp
