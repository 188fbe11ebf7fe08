// Numbers the packets of one track of one stream: one SSRC, sequence and timestamp base for all
// viewers, so that a picture's packets are the same for everybody.
// Thread: the engine loop. Owner: the protocol's mount. Pure: the bases are handed in.
#pragma once

#include "core/clock.h"
#include "wire/rtp/packet_plan.h"

#include <cstdint>

namespace heliograph::rtp {

struct PlannerConfig {
    std::uint8_t payloadType = 96;
    std::uint32_t ssrc = 0;
    std::uint16_t firstSequence = 0; // random (RFC 3550 section 5.1)
    std::uint32_t timestampBase = 0; // random; the RTP time of `epoch`
    Timestamp epoch{0}; // shared by all tracks of a stream
    int clockRate = 90000;
    std::size_t maximumPayload = 1400; // bytes of RTP payload in a packet
};

class Planner {
public:
    explicit Planner(const PlannerConfig &config)
        : m_config(config)
        , m_next(config.firstSequence)
    {
    }

    PacketPlan plan(const AccessUnitPtr &unit);
    // From the next unit on; numbers go on.
    void setMaximumPayload(std::size_t bytes) { m_config.maximumPayload = bytes; }

    // The media clock at any instant, also between pictures: for sender reports and RTP-Info.
    std::uint32_t rtpTime(Timestamp when) const;
    std::uint16_t nextSequence() const { return m_next; }
    // The RTP time that the next unit will have if none is lost. Frames of sound follow each other
    // without gaps; before the first unit, after a silence, and of pictures, this is rtpTime(when).
    std::uint32_t nextTimestamp(Timestamp when) const;
    const PlannerConfig &config() const { return m_config; }

private:
    std::uint32_t timestampOf(const AccessUnit &unit) const;

    PlannerConfig m_config;
    std::uint16_t m_next;
    bool m_followsSound = false; // a frame of sound was planned, of this time and length
    Timestamp m_last{0};
    std::uint32_t m_lastTimestamp = 0;
    std::uint32_t m_lastSamples = 0;
};

} // namespace heliograph::rtp
