// One picture again and again as H.265, by libx265: what stays in sight when a source is lost that
// passes such pictures. Thread: any, a few hundred milliseconds. Owner: none (a function).
#pragma once

#include "engine/error.h"
#include "engine/settings.h"
#include "media/frames.h"

#include <vector>

namespace heliograph {

struct StillPlan {
    PictureSize size;
    int pictures = 0;
    int gop = 0; // from one keyframe to the next, in pictures
    Timestamp step{0}; // from one picture to the next
};

// Times from 0 on, one track for all, whose keyframes cannot be asked for.
// Errors: EncoderMissing (this FFmpeg has no libx265), EncoderFailed.
Result<std::vector<AccessUnitPtr>> codeHevcStill(const VideoFrame &picture, const StillPlan &plan);

} // namespace heliograph
