// Pictures of any raw format and size made into I420 or NV12 of the size wanted (libswscale).
// Thread: the source's. Owner: an encoder or a preview tap.
#pragma once

#include "engine/error.h"
#include "engine/settings.h"
#include "media/frames.h"

#include <memory>

namespace heliograph {

enum class ScaleQuality { Preview, Sharp };

class Scaler {
public:
    explicit Scaler(ScaleQuality quality);
    ~Scaler();

    // The frame itself, shared, when nothing has to change.
    // Errors: EncoderFailed.
    Result<VideoFrame> toI420(const VideoFrame &frame, PictureSize size);
    // The same with wanted.pixels, which is I420 or NV12.
    Result<VideoFrame> convert(const VideoFrame &frame, const PictureFormat &wanted);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

// The largest even size of the picture's shape inside the bounds; never larger than the picture.
PictureSize fitInside(PictureSize picture, PictureSize bounds);

} // namespace heliograph
