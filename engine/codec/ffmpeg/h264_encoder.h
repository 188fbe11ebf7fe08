// Pictures to H.264 with libx264 through libavcodec: zero latency, no B-frames, a picture in, an
// access unit out.
// Thread: the source's; requestKeyframe() from any. Owner: the source's runner.
#pragma once

#include "codec/ffmpeg/scaler.h"
#include "codec/video_settings.h"
#include "engine/error.h"
#include "media/frames.h"
#include "media/nal_assembler.h"

#include <atomic>
#include <memory>

namespace heliograph {

class H264Encoder {
public:
    H264Encoder();
    ~H264Encoder();

    // Takes effect with the next picture. Bitrate, rate, interval and stamp change in the running
    // encoder; anything else begins a new one with an IDR.
    void configure(const EncoderConfig &config);

    // Null when the encoder kept the picture for itself.
    // Errors: EncoderFailed. The next picture begins a new encoder.
    Result<AccessUnitPtr> encode(const VideoFrame &frame);

    // The next picture becomes an IDR.
    void requestKeyframe() { m_keyframeRequested = true; }

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
    std::atomic<bool> m_keyframeRequested{false};
};

} // namespace heliograph
