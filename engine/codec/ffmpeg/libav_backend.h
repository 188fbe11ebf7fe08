// The back ends that libavcodec has: libx264 and the hardware's.
// Thread: the source's. Owner: an H264Encoder.
#pragma once

#include "codec/ffmpeg/encoder_backend.h"

namespace heliograph {

// Errors: EncoderMissing (this FFmpeg has no such encoder), EncoderFailed, HardwareMissing,
// HardwareForbidden, HardwareFailed.
Result<std::unique_ptr<EncoderBackend>>
openLibavBackend(std::string_view id, const EncoderConfig &config, PictureSize size);

} // namespace heliograph
