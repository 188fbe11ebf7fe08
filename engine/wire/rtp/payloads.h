// How a codec's access unit is cut into the payloads of RTP packets: H.264 by RFC 6184 and H.265 by
// RFC 7798 (single NAL unit packets and fragments), AAC by RFC 3640 (AAC-hbr, one frame a packet),
// Opus by RFC 7587, G.711 by RFC 3551.
// Thread: any (pure functions).
#pragma once

#include "wire/rtp/packet_plan.h"

#include <cstdint>
#include <vector>

namespace heliograph::rtp {

// Whether we know how to send it; what follows is for such tracks alone.
bool hasPayloadFormat(const Track &track);

// Static where there is one (RFC 3551 table 4), else one of the dynamic range for each track.
std::uint8_t payloadTypeOf(const Track &track);

// Without numbers; the last packet of a picture or of an AAC frame gets the marker.
// maximumPayload: bytes, at least 64; Opus and G.711 are never cut. Empty: nothing of it can be
// sent.
std::vector<PlannedPacket> planPayload(const AccessUnit &unit, std::size_t maximumPayload);

// How long a frame of sound is, in units of the track's RTP clock; 0: a picture.
std::uint32_t samplesOf(const AccessUnit &unit);

std::vector<PlannedPacket> planH264(const AccessUnit &unit, std::size_t maximumPayload);
std::vector<PlannedPacket> planHevc(const AccessUnit &unit, std::size_t maximumPayload);
std::vector<PlannedPacket> planAac(const AccessUnit &unit, std::size_t maximumPayload);

} // namespace heliograph::rtp
