// The graphics hardware that an encoder works on, and the way of pictures into its memory.
// Include in .cpp files only.
// Thread: the source's. Owner: a LibavBackend.
#pragma once

#include "codec/ffmpeg/handle.h"
#include "engine/error.h"
#include "engine/settings.h"

#include <string_view>

namespace heliograph::ffmpeg {

class HardwareDevice {
public:
    // id: "vaapi" or "qsv". Errors: EncoderFailed.
    Result<> open(std::string_view id);
    // Makes room for pictures in its memory; given as NV12. Errors: EncoderFailed.
    Result<> makeFrames(PictureSize size);

    AVBufferRef *device() const { return m_device.get(); }
    AVBufferRef *frames() const { return m_frames.get(); }

    // The picture in the device's memory. Errors: EncoderFailed.
    Result<Handle<AVFrame>> upload(const AVFrame &picture) const;

private:
    Handle<AVBufferRef> m_device;
    Handle<AVBufferRef> m_frames;
};

} // namespace heliograph::ffmpeg
