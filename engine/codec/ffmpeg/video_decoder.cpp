#include "codec/ffmpeg/video_decoder.h"

#include "codec/ffmpeg/packet_decoder.h"
#include "engine/settings.h"

#include <algorithm>
#include <cmath>
#include <optional>

extern "C" {
#include <libavutil/opt.h>
}

namespace heliograph {

namespace {

constexpr Timestamp usualStep = std::chrono::milliseconds(40);
constexpr Timestamp shortestStep = std::chrono::milliseconds(1);
constexpr double flattestPixel = 4; // what is further from a square is a mistake

int evenSide(double side)
{
    return std::max(2, int(std::lround(side / 2)) * 2);
}

bool isFullRange(const AVFrame &frame)
{
    return frame.color_range == AVCOL_RANGE_JPEG || frame.format == AV_PIX_FMT_YUVJ420P
        || frame.format == AV_PIX_FMT_YUVJ422P || frame.format == AV_PIX_FMT_YUVJ444P
        || frame.format == AV_PIX_FMT_YUVJ440P || frame.format == AV_PIX_FMT_YUVJ411P;
}

// The side that is too short grows.
PictureSize squareSize(const AVFrame &frame)
{
    const AVRational pixel = frame.sample_aspect_ratio;
    const double shape = pixel.num > 0 && pixel.den > 0 ? av_q2d(pixel) : 1;
    if (shape == 1 || shape > flattestPixel || shape < 1 / flattestPixel)
        return {frame.width, frame.height};
    return shape > 1 ? PictureSize{evenSide(frame.width * shape), frame.height}
                     : PictureSize{frame.width, evenSide(frame.height / shape)};
}

bool isReady(const AVFrame &frame)
{
    const bool isUpright = frame.linesize[0] > 0 && frame.linesize[1] > 0 && frame.linesize[2] > 0;
    return frame.format == AV_PIX_FMT_YUV420P && isUpright && !isFullRange(frame)
        && squareSize(frame) == PictureSize{frame.width, frame.height};
}

struct Shape {
    PictureSize from;
    int format = AV_PIX_FMT_NONE;
    bool fullRange = false;
    PictureSize to;
    bool operator==(const Shape &) const = default;
};

VideoFrame adopt(ffmpeg::Handle<AVFrame> handle)
{
    const std::shared_ptr<const AVFrame> frame(handle.release(), [](const AVFrame *released) {
        ffmpeg::Free()(const_cast<AVFrame *>(released));
    });
    VideoFrame picture;
    picture.format = {frame->width, frame->height, PixelFormat::I420};
    for (std::size_t i = 0; i < 3; ++i) {
        const int rows = i == 0 ? frame->height : (frame->height + 1) / 2;
        picture.strides[i] = frame->linesize[i];
        picture.planes[i] = Bytes::adopt(
            {frame->data[i], std::size_t(frame->linesize[i]) * std::size_t(rows)}, frame);
    }
    return picture;
}

} // namespace

struct VideoDecoder::Impl {
    ffmpeg::PacketDecoder decoder;
    ffmpeg::Handle<SwsContext> converter;
    Shape shape; // of what the converter takes
    std::optional<Timestamp> last;
    Timestamp step = usualStep;

    void prepare(const AVFrame &frame, PictureSize size);
    ffmpeg::Handle<AVFrame> convert(const AVFrame &frame);
    Timestamp timeOf(const AVFrame &frame);
    ffmpeg::PacketDecoder::TakeFrame into(std::vector<VideoFrame> &pictures);
};

VideoDecoder::VideoDecoder(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

VideoDecoder::~VideoDecoder() = default;

Result<std::unique_ptr<VideoDecoder>> VideoDecoder::open(const AVCodecParameters &parameters)
{
    auto impl = std::make_unique<Impl>();
    if (const auto opened = impl->decoder.open(parameters); !opened)
        return tl::unexpected(opened.error());
    return std::unique_ptr<VideoDecoder>(new VideoDecoder(std::move(impl)));
}

std::vector<VideoFrame> VideoDecoder::decode(const AVPacket &packet)
{
    std::vector<VideoFrame> pictures;
    m_impl->decoder.decode(packet, m_impl->into(pictures));
    return pictures;
}

std::vector<VideoFrame> VideoDecoder::drain()
{
    std::vector<VideoFrame> pictures;
    m_impl->decoder.drain(m_impl->into(pictures));
    return pictures;
}

ffmpeg::PacketDecoder::TakeFrame VideoDecoder::Impl::into(std::vector<VideoFrame> &pictures)
{
    return [this, &pictures](ffmpeg::Handle<AVFrame> frame) {
        const Timestamp pts = timeOf(*frame);
        if (!isReady(*frame))
            frame = convert(*frame);
        if (!frame)
            return;
        pictures.push_back(adopt(std::move(frame)));
        pictures.back().pts = pts;
    };
}

// Null: libswscale does not know this kind of picture.
ffmpeg::Handle<AVFrame> VideoDecoder::Impl::convert(const AVFrame &frame)
{
    const PictureSize size = squareSize(frame);
    prepare(frame, size);
    ffmpeg::Handle<AVFrame> out(av_frame_alloc());
    out->format = AV_PIX_FMT_YUV420P;
    out->width = size.width;
    out->height = size.height;
    if (!converter || av_frame_get_buffer(out.get(), 0) < 0)
        return nullptr;
    sws_scale(converter.get(), frame.data, frame.linesize, 0, frame.height, out->data,
              out->linesize);
    return out;
}

void VideoDecoder::Impl::prepare(const AVFrame &frame, PictureSize size)
{
    const Shape wanted{{frame.width, frame.height}, frame.format, isFullRange(frame), size};
    if (converter && shape == wanted)
        return;
    shape = wanted;
    converter.reset(sws_alloc_context());
    const auto set = [this](const char *name, int value) {
        av_opt_set_int(converter.get(), name, value, 0);
    };
    set("srcw", frame.width);
    set("srch", frame.height);
    set("src_format", frame.format);
    set("src_range", isFullRange(frame) ? 1 : 0);
    set("dstw", size.width);
    set("dsth", size.height);
    set("dst_format", AV_PIX_FMT_YUV420P);
    set("sws_flags", SWS_BICUBIC | SWS_ACCURATE_RND);
    if (sws_init_context(converter.get(), nullptr, nullptr) < 0)
        converter.reset();
}

// A picture that says nothing sensible comes a step behind the one before.
Timestamp VideoDecoder::Impl::timeOf(const AVFrame &frame)
{
    const bool isKnown = frame.best_effort_timestamp != AV_NOPTS_VALUE;
    Timestamp pts =
        isKnown ? Timestamp(frame.best_effort_timestamp) : last.value_or(Timestamp(0)) + step;
    if (last)
        pts = std::max(pts, *last + shortestStep);
    if (last && isKnown)
        step = std::min(pts - *last, usualStep);
    last = pts;
    return pts;
}

} // namespace heliograph
