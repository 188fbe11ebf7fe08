// A track as a media section: H.264 by RFC 6184 section 8, H.265 by RFC 7798 section 7.1, AAC by
// RFC 3640 section 4.1, Opus by RFC 7587 section 7. Thread: any (pure functions).
#pragma once

#include "engine/error.h"
#include "media/track.h"
#include "wire/sdp/sdp.h"

namespace heliograph::sdp {

// control is "trackID=0" and so on. H.264: packetization-mode=1, profile-level-id and
// sprop-parameter-sets (SPS, then PPS). AAC: mode=AAC-hbr; sizelength=13; indexlength=3;
// indexdeltalength=3; config=…. Opus: 48000/2. The track has a payload format (rtp/payloads.h).
Media describe(const Track &track, int payloadType, std::string control);

// The H.264 parameter sets of a media section. Errors: Unsupported (another encoding),
// Malformed (bad base64, no SPS).
Result<H264Config> readH264(const Media &media);

} // namespace heliograph::sdp
