#include "codec/ffmpeg/scaler.h"

#include "codec/ffmpeg/picture_frame.h"

#include <algorithm>
#include <cmath>

namespace heliograph {

namespace {

int evenSide(double side)
{
    return std::max(16, int(std::lround(side / 2)) * 2);
}

} // namespace

struct Scaler::Impl {
    ScaleQuality quality;
    ffmpeg::Handle<SwsContext> context;

    bool prepare(const PictureFormat &from, const PictureFormat &to)
    {
        const int flags =
            quality == ScaleQuality::Preview ? SWS_FAST_BILINEAR : SWS_BICUBIC | SWS_ACCURATE_RND;
        context.reset(sws_getCachedContext(
            context.release(), from.width, from.height, ffmpeg::toAvPixels(from.pixels), to.width,
            to.height, ffmpeg::toAvPixels(to.pixels), flags, nullptr, nullptr, nullptr));
        return context != nullptr;
    }
};

Scaler::Scaler(ScaleQuality quality)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->quality = quality;
}

Scaler::~Scaler() = default;

Result<VideoFrame> Scaler::toI420(const VideoFrame &frame, PictureSize size)
{
    return convert(frame, {size.width, size.height, PixelFormat::I420});
}

Result<VideoFrame> Scaler::convert(const VideoFrame &frame, const PictureFormat &wanted)
{
    if (frame.format == wanted)
        return frame;
    const std::shared_ptr<AVFrame> out(av_frame_alloc(), ffmpeg::Free());
    out->format = ffmpeg::toAvPixels(wanted.pixels);
    out->width = wanted.width;
    out->height = wanted.height;
    if (!m_impl->prepare(frame.format, wanted) || av_frame_get_buffer(out.get(), 0) < 0)
        return failure(ErrorCode::EncoderFailed, "scale the picture");
    const std::uint8_t *planes[4] = {frame.planes[0].data(), frame.planes[1].data(),
                                     frame.planes[2].data(), nullptr};
    const int strides[4] = {frame.strides[0], frame.strides[1], frame.strides[2], 0};
    sws_scale(m_impl->context.get(), planes, strides, 0, frame.format.height, out->data,
              out->linesize);
    VideoFrame scaled;
    scaled.format = wanted;
    scaled.pts = frame.pts;
    scaled.captured = frame.captured;
    for (std::size_t i = 0; i < 3; ++i) { // NV12's third has rows without bytes
        const int rows = i == 0 ? wanted.height : (wanted.height + 1) / 2;
        scaled.strides[i] = out->linesize[i];
        scaled.planes[i] =
            Bytes::adopt({out->data[i], std::size_t(out->linesize[i]) * std::size_t(rows)}, out);
    }
    return scaled;
}

PictureSize fitInside(PictureSize picture, PictureSize bounds)
{
    const double scale = std::min(
        {1.0, double(bounds.width) / picture.width, double(bounds.height) / picture.height});
    return {evenSide(picture.width * scale), evenSide(picture.height * scale)};
}

} // namespace heliograph
