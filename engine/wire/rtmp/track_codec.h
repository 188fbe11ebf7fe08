// Which FourCC a track has in Enhanced RTMP (v2, "FOURCC").
// Thread: any (pure functions).
#pragma once

#include "media/track.h"
#include "wire/rtmp/four_cc.h"

#include <optional>

namespace heliograph::rtmp {

FourCc fourCcOf(const Track &track);

// Nothing: no codec that is passed on without a look inside.
std::optional<OpaqueCodec> opaqueCodecOf(FourCc codec);

} // namespace heliograph::rtmp
