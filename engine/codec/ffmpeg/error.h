// FFmpeg's error numbers as our errors.
// Thread: any.
#pragma once

#include "engine/error.h"

namespace heliograph::ffmpeg {

// "open the encoder › Invalid argument".
tl::unexpected<Error> encoderFailure(std::string_view attempt, int averror);

// No lines of FFmpeg's own on standard error: its errors come back as values.
void quietenLog();

} // namespace heliograph::ffmpeg
