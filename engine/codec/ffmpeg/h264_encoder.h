// Pictures to H.264 without delay and without B-frames: a picture in, an access unit out. In
// hardware where that is wanted and works; when it fails, at the start or in mid-stream, the very
// picture it failed at is encoded in software, as an IDR.
// Thread: the source's; requestKeyframe() from any. Owner: the source's runner.
#pragma once

#include "codec/ffmpeg/encoder_backend.h"
#include "codec/ffmpeg/scaler.h"
#include "codec/video_settings.h"
#include "engine/error.h"
#include "media/frames.h"
#include "media/nal_assembler.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace heliograph {

// Hardware was given up for software.
struct EncoderFall {
    std::string encoder; // its title
    Error error;
};

class H264Encoder {
public:
    H264Encoder(); // with what libavcodec has
    explicit H264Encoder(EncoderBackends backends);
    ~H264Encoder();

    // Takes effect with the next picture. Bitrate, rate, interval and stamp change in the running
    // encoder where it can; anything else begins a new one with an IDR, in hardware again if it had
    // failed.
    void configure(const EncoderConfig &config);

    // Null when the encoder kept the picture for itself.
    // Errors: EncoderFailed. The next picture begins a new encoder.
    Result<AccessUnitPtr> encode(const VideoFrame &frame);

    // That of the encoder which gave the last picture, "NVENC (NVIDIA)"; null: none did yet.
    const char *title() const { return m_title; }

    // The next picture becomes an IDR.
    void requestKeyframe() { m_keyframeRequested = true; }

    // What happened since it was asked last. Software goes on until configure() begins anew.
    std::optional<EncoderFall> takeFall();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
    const char *m_title = nullptr; // a constant
    std::atomic<bool> m_keyframeRequested{false};
};

} // namespace heliograph
