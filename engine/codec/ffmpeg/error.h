// FFmpeg's error numbers as our errors.
// Thread: any.
#pragma once

#include "engine/error.h"

namespace heliograph::ffmpeg {

// "open the encoder › Invalid argument".
tl::unexpected<Error> encoderFailure(std::string_view attempt, int averror);

// FFmpeg's own lines on standard error: errors only, not its statistics.
void quietenLog();

} // namespace heliograph::ffmpeg
