// Our pictures as FFmpeg's frames, and its packets as our bytes, both without a copy.
// Include in .cpp files only.
// Thread: any. Owner: nobody.
#pragma once

#include "codec/ffmpeg/handle.h"
#include "media/frames.h"

namespace heliograph::ffmpeg {

AVPixelFormat toAvPixels(PixelFormat format);

// The picture's memory under FFmpeg's reference counting. For reading.
Handle<AVFrame> wrap(const VideoFrame &picture);

Bytes adopt(Handle<AVPacket> packet);

} // namespace heliograph::ffmpeg
