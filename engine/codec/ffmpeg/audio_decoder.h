// Sound of any codec that libavcodec decodes, as 48000 samples a second of one or two channels.
// Thread: the source's. Owner: a source that reads coded sound.
#pragma once

#include "engine/error.h"
#include "media/frames.h"

#include <memory>
#include <vector>

struct AVCodecParameters;
struct AVPacket;

namespace heliograph {

class AudioDecoder {
public:
    // Errors: Unsupported (this libavcodec cannot decode it), FileUnplayable.
    // channels: 1 or 2, whatever it has.
    static Result<std::unique_ptr<AudioDecoder>> open(const AVCodecParameters &parameters,
                                                      int channels);
    ~AudioDecoder();

    // Times in nanoseconds. Any number of frames; none of damaged packets.
    std::vector<AudioFrame> decode(const AVPacket &packet);
    std::vector<AudioFrame> drain(); // at the end: what the decoder held back

private:
    struct Impl;
    explicit AudioDecoder(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> m_impl;
};

} // namespace heliograph
