// The newest picture of a coded stream, decoded: what stays in sight when its source is lost.
// Thread: any. Owner: none (a function).
#pragma once

#include "engine/error.h"
#include "media/frames.h"

#include <span>

namespace heliograph {

// units: from a keyframe on, in decoding order; sound among them is left out. H.264 and H.265 only.
// Errors: Unsupported, FileUnplayable (nothing of it can be decoded).
Result<VideoFrame> lastPictureOf(std::span<const AccessUnitPtr> units);

} // namespace heliograph
