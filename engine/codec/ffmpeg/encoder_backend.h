// One running H.264 encoder, in software or in hardware: a picture in, its bytes out; and where an
// H264Encoder takes such from. Knows nothing of falling back, of clocks and of access units.
// Thread: the source's. Owner: an H264Encoder.
#pragma once

#include "codec/video_settings.h"
#include "core/bytes.h"
#include "engine/error.h"
#include "media/frames.h"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace heliograph {

struct CodedPicture {
    Bytes annexB;
    std::int64_t number = 0; // of the picture that was given
};

class EncoderBackend {
public:
    virtual ~EncoderBackend() = default;

    virtual PixelFormat pixels() const = 0; // what it wants to be given

    // Bitrate and frame rate of the running encoder. False: it cannot while it runs.
    virtual bool changeRates(const EncoderConfig &config) = 0;

    // Nothing: it keeps pictures for itself, as hardware may for a while. Numbers rise by one.
    // Errors: EncoderFailed, HardwareMissing, HardwareForbidden, HardwareFailed. It is of no use
    // afterwards.
    virtual Result<std::optional<CodedPicture>> encode(const VideoFrame &picture,
                                                       std::int64_t number, bool keyframe) = 0;
};

// id: softwareEncoder's, or one of hardwareEncoders.
struct EncoderBackends {
    std::function<bool(std::string_view id)> works; // so that "auto" may take it
    std::function<Result<std::unique_ptr<EncoderBackend>>(std::string_view id,
                                                          const EncoderConfig &, PictureSize)>
        open;
};

} // namespace heliograph
