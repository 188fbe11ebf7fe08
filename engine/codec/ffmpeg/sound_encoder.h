// Sound to AAC-LC (frames of 1024 samples) or Opus (of 20 ms) through libavcodec.
// Thread: the source's. Owner: the source's runner.
#pragma once

#include "engine/error.h"
#include "media/frames.h"

#include <memory>
#include <vector>

namespace heliograph {

enum class SoundCoding { Aac, Opus };

class SoundEncoder {
public:
    // bitrate: bit/s.
    explicit SoundEncoder(SoundCoding coding = SoundCoding::Aac, int bitrate = 128'000);
    SoundEncoder(SoundEncoder &&) noexcept;
    SoundEncoder &operator=(SoundEncoder &&) noexcept;
    ~SoundEncoder();

    // Any number of samples in, the whole frames that they complete out. A new sampling rate or
    // channel count, and a jump in the capture times, begin a new encoder.
    // Errors: EncoderFailed.
    Result<std::vector<AccessUnitPtr>> encode(const AudioFrame &frame);

    // Opus knows one rate, and one or two channels; not every libavcodec has it.
    static bool canEncode(SoundCoding coding, const AudioFrame &frame);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace heliograph
