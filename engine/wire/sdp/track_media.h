// A track as a media section: H.264 by RFC 6184 section 8, AAC by RFC 3640 section 4.1.
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"
#include "media/track.h"
#include "wire/sdp/sdp.h"

namespace heliograph::sdp {

// control is "trackID=0" and so on. H.264: packetization-mode=1, profile-level-id and
// sprop-parameter-sets (SPS, then PPS). AAC: mode=AAC-hbr; sizelength=13; indexlength=3;
// indexdeltalength=3; config=….
Media describe(const Track &track, int payloadType, std::string control);

// The H.264 parameter sets of a media section. Errors: Unsupported (another encoding),
// Malformed (bad base64, no SPS).
Result<H264Config> readH264(const Media &media);

} // namespace heliograph::sdp
