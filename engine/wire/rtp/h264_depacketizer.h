// RTP payloads back to NAL units (RFC 6184: single NAL unit, STAP-A, FU-A): what a viewer does.
// For the tests, which judge what we send.
// Thread: any one at a time. Owner: whoever receives the track.
#pragma once

#include "engine/error.h"
#include "wire/rtp/rtp_packet.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace heliograph::rtp {

struct ReceivedUnit {
    std::uint32_t timestamp = 0;
    bool keyframe = false;
    bool damaged = false; // a sequence gap inside or right before it
    std::vector<std::vector<std::uint8_t>> nals;
};

class H264Depacketizer {
public:
    // Returns the access unit that this packet's marker completes (or whose successor begins with
    // this packet). At most 8 MiB and 4096 NAL units are collected for one.
    // Errors: Malformed (bad aggregation or fragment), TooLarge. The unit in progress is dropped.
    Result<std::optional<ReceivedUnit>> push(const Packet &packet);

    std::uint64_t lostPackets() const { return m_lost; }

private:
    void noteGap(std::uint16_t lost);
    Result<> append(ByteSpan payload);
    Result<> appendFragment(ByteSpan payload);
    Result<> startFragment(ByteSpan payload);
    Result<> appendAggregate(ByteSpan payload);
    Result<> addNal(ByteSpan nal);
    Result<> reserve(std::size_t bytes);
    void dropFragment();
    void dropUnit();
    std::optional<ReceivedUnit> takeUnit();

    std::optional<std::uint16_t> m_expected;
    std::uint64_t m_lost = 0;
    ReceivedUnit m_unit;
    std::size_t m_unitBytes = 0;
    bool m_inFragment = false; // the last NAL unit awaits more fragments
};

} // namespace heliograph::rtp
