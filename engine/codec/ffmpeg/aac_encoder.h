// Sound to AAC-LC through libavcodec: frames of 1024 samples.
// Thread: the source's. Owner: the source's runner.
#pragma once

#include "engine/error.h"
#include "media/frames.h"

#include <memory>
#include <vector>

namespace heliograph {

class AacEncoder {
public:
    explicit AacEncoder(int bitrate = 128'000);
    AacEncoder(AacEncoder &&) noexcept;
    AacEncoder &operator=(AacEncoder &&) noexcept;
    ~AacEncoder();

    // Any number of samples in, the whole frames that they complete out. A new sampling rate or
    // channel count begins a new encoder. A jump in the capture times begins a new count.
    // Errors: EncoderFailed.
    Result<std::vector<AccessUnitPtr>> encode(const AudioFrame &frame);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace heliograph
