#include "codec/ffmpeg/hardware_device.h"

#include "codec/ffmpeg/error.h"

#include <initializer_list>
#include <utility>

extern "C" {
#include <libavutil/hwcontext.h>
}

namespace heliograph::ffmpeg {

namespace {

// One is with the encoder while the next one is moved; the rest is for drivers that dawdle.
constexpr int picturesInFlight = 8;

using Options = std::initializer_list<std::pair<const char *, const char *>>;

// Over the card's own node: asking X11 for it would open a display in a server's process.
Result<Handle<AVBufferRef>> openVaapi(Options options)
{
    AVDictionary *dictionary = nullptr;
    for (const auto &[key, value] : options)
        av_dict_set(&dictionary, key, value, 0);
    AVBufferRef *device = nullptr;
    const int error =
        av_hwdevice_ctx_create(&device, AV_HWDEVICE_TYPE_VAAPI, nullptr, dictionary, 0);
    av_dict_free(&dictionary);
    if (error < 0)
        return encoderFailure("open the graphics device", error);
    return Handle<AVBufferRef>(device);
}

// Quick Sync sits on top of a VAAPI device of Intel's own driver, and on no other.
Result<Handle<AVBufferRef>> openQuickSync()
{
    const auto below =
        openVaapi({{"connection_type", "drm"}, {"kernel_driver", "i915"}, {"driver", "iHD"}});
    if (!below)
        return tl::unexpected(below.error());
    AVBufferRef *device = nullptr;
    const int error =
        av_hwdevice_ctx_create_derived(&device, AV_HWDEVICE_TYPE_QSV, below->get(), 0);
    if (error < 0)
        return encoderFailure("open Quick Sync", error);
    return Handle<AVBufferRef>(device);
}

} // namespace

Result<> HardwareDevice::open(std::string_view id)
{
    auto device = id == "qsv" ? openQuickSync() : openVaapi({{"connection_type", "drm"}});
    if (!device)
        return tl::unexpected(device.error());
    m_device = *std::move(device);
    return {};
}

Result<> HardwareDevice::makeFrames(PictureSize size)
{
    m_frames.reset(av_hwframe_ctx_alloc(m_device.get()));
    if (!m_frames)
        return failure(ErrorCode::EncoderFailed, "make room in the graphics memory");
    auto *frames = reinterpret_cast<AVHWFramesContext *>(m_frames->data);
    frames->format = AV_PIX_FMT_VAAPI;
    frames->sw_format = AV_PIX_FMT_NV12;
    frames->width = size.width;
    frames->height = size.height;
    frames->initial_pool_size = picturesInFlight;
    if (const int error = av_hwframe_ctx_init(m_frames.get()); error < 0)
        return encoderFailure("make room in the graphics memory", error);
    return {};
}

Result<Handle<AVFrame>> HardwareDevice::upload(const AVFrame &picture) const
{
    Handle<AVFrame> frame(av_frame_alloc());
    if (const int error = av_hwframe_get_buffer(m_frames.get(), frame.get(), 0); error < 0)
        return encoderFailure("find room in the graphics memory", error);
    if (const int error = av_hwframe_transfer_data(frame.get(), &picture, 0); error < 0)
        return encoderFailure("move a picture into the graphics memory", error);
    return frame;
}

} // namespace heliograph::ffmpeg
