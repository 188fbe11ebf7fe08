// Pictures of any codec that libavcodec decodes, as I420 with square pixels: without a copy where
// they are that already.
// Thread: the source's. Owner: a source that reads coded pictures.
#pragma once

#include "engine/error.h"
#include "media/frames.h"

#include <memory>
#include <vector>

struct AVCodecParameters;
struct AVPacket;

namespace heliograph {

class VideoDecoder {
public:
    // Errors: Unsupported (this libavcodec cannot decode it), FileUnplayable.
    static Result<std::unique_ptr<VideoDecoder>> open(const AVCodecParameters &parameters);
    ~VideoDecoder();

    // Times in nanoseconds; the decoding time is needed, that of showing may be missing. Any
    // number of pictures, in the order of showing and with rising times; none of damaged packets.
    // `captured` of the frames is left to the caller.
    std::vector<VideoFrame> decode(const AVPacket &packet);
    std::vector<VideoFrame> drain(); // at the end: those held back for reordering

private:
    struct Impl;
    explicit VideoDecoder(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> m_impl;
};

} // namespace heliograph
