#include "codec/ffmpeg/picture_frame.h"

namespace heliograph::ffmpeg {

AVPixelFormat toAvPixels(PixelFormat format)
{
    switch (format) {
    case PixelFormat::I420:
        return AV_PIX_FMT_YUV420P;
    case PixelFormat::NV12:
        return AV_PIX_FMT_NV12;
    case PixelFormat::YUY2:
        return AV_PIX_FMT_YUYV422;
    case PixelFormat::UYVY:
        return AV_PIX_FMT_UYVY422;
    case PixelFormat::RGB:
        return AV_PIX_FMT_RGB24;
    case PixelFormat::BGR:
        return AV_PIX_FMT_BGR24;
    case PixelFormat::RGBA:
        return AV_PIX_FMT_RGBA;
    case PixelFormat::BGRA:
        return AV_PIX_FMT_BGRA;
    case PixelFormat::RGBx:
        return AV_PIX_FMT_RGB0;
    case PixelFormat::BGRx:
        return AV_PIX_FMT_BGR0;
    case PixelFormat::GRAY8:
        return AV_PIX_FMT_GRAY8;
    }
    return AV_PIX_FMT_NONE;
}

Handle<AVFrame> wrap(const VideoFrame &picture)
{
    Handle<AVFrame> frame(av_frame_alloc());
    frame->format = toAvPixels(picture.format.pixels);
    frame->width = picture.format.width;
    frame->height = picture.format.height;
    for (std::size_t i = 0; i < picture.planes.size(); ++i) {
        // AVFrame is not const-correct; an encoder only reads.
        frame->data[i] = const_cast<std::uint8_t *>(picture.planes[i].data());
        frame->linesize[i] = picture.strides[i];
    }
    auto holder = std::make_unique<VideoFrame>(picture);
    const auto release = [](void *opaque, std::uint8_t *) {
        delete static_cast<VideoFrame *>(opaque);
    };
    frame->buf[0] = av_buffer_create(frame->data[0], picture.planes[0].size(), release,
                                     holder.get(), AV_BUFFER_FLAG_READONLY);
    if (frame->buf[0])
        (void)holder.release(); // the buffer frees it
    return frame;
}

Bytes adopt(Handle<AVPacket> packet)
{
    const ByteSpan span(packet->data, std::size_t(packet->size));
    return Bytes::adopt(span, std::shared_ptr<const void>(packet.release(), [](const void *p) {
                            Free()(static_cast<AVPacket *>(const_cast<void *>(p)));
                        }));
}

} // namespace heliograph::ffmpeg
