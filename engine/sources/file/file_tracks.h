// Which streams of a file are passed on, and what a viewer must know of them. Include in .cpp
// files only.
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"
#include "media/track.h"
#include "sources/file/handle.h"

namespace heliograph {

// The first H.264 stream. Errors: Unsupported (pictures of another codec), FileUnplayable (none).
Result<const AVStream *> choosePictures(const AVFormatContext &context);

double pictureRate(const AVStream &stream); // pictures a second; 25 when nobody knows

// The first stream of AAC-LC in frames of 1024 samples, which is what RTP carries. Null: none.
struct Sound {
    const AVStream *stream = nullptr;
    std::shared_ptr<const Track> track;
};
Sound chooseSound(const AVFormatContext &context);

} // namespace heliograph
