#include "codec/ffmpeg/h264_encoder.h"

#include "codec/ffmpeg/error.h"
#include "codec/ffmpeg/handle.h"
#include "media/latency_sei.h"

#include <cmath>

extern "C" {
#include <libavutil/opt.h>
}

namespace heliograph {

namespace {

// Past this many samples a second one core is not sure to keep up: let x264 cut pictures into
// slices for its threads. Below, one slice a picture packs better and costs less.
constexpr double oneThreadLimit = 1280.0 * 720 * 40;

// Keyframes come by the capture clock, not by counting pictures: the encoder never decides.
constexpr int keyframesByClock = 1 << 24;

struct Release {
    static void frame(void *opaque, std::uint8_t *) { delete static_cast<VideoFrame *>(opaque); }
    static void packet(AVPacket *packet) { av_packet_free(&packet); }
};

// The picture's memory under FFmpeg's reference counting, without a copy.
ffmpeg::Handle<AVFrame> wrap(const VideoFrame &picture)
{
    ffmpeg::Handle<AVFrame> frame(av_frame_alloc());
    frame->format = AV_PIX_FMT_YUV420P;
    frame->width = picture.format.width;
    frame->height = picture.format.height;
    for (std::size_t i = 0; i < 3; ++i) {
        // AVFrame is not const-correct; an encoder only reads.
        frame->data[i] = const_cast<std::uint8_t *>(picture.planes[i].data());
        frame->linesize[i] = picture.strides[i];
    }
    auto holder = std::make_unique<VideoFrame>(picture);
    frame->buf[0] = av_buffer_create(frame->data[0], picture.planes[0].size(), Release::frame,
                                     holder.get(), AV_BUFFER_FLAG_READONLY);
    if (frame->buf[0])
        (void)holder.release(); // the buffer frees it
    return frame;
}

Bytes adopt(ffmpeg::Handle<AVPacket> packet)
{
    const ByteSpan span(packet->data, std::size_t(packet->size));
    return Bytes::adopt(span, std::shared_ptr<const void>(packet.release(), [](const void *p) {
                            Release::packet(static_cast<AVPacket *>(const_cast<void *>(p)));
                        }));
}

} // namespace

struct H264Encoder::Impl {
    Result<> open(PictureSize size);
    void applyRates();
    bool isKeyframeDue(Timestamp pts) const;
    Result<ffmpeg::Handle<AVPacket>> code(const VideoFrame &picture, bool keyframe);

    EncoderConfig config;
    EncoderConfig opened; // what the running encoder was opened with
    PictureSize size;
    ffmpeg::Handle<AVCodecContext> context; // null: begin a new one
    Scaler scaler{ScaleQuality::Sharp};
    H264Assembler assembler;
    std::int64_t count = 0; // pictures given to this encoder: its own clock, for rate control
    Timestamp lastKeyframe{0};
};

H264Encoder::H264Encoder()
    : m_impl(std::make_unique<Impl>())
{
    ffmpeg::quietenLog();
}

H264Encoder::~H264Encoder() = default;

void H264Encoder::configure(const EncoderConfig &config)
{
    m_impl->config = config;
    const EncoderConfig &opened = m_impl->opened;
    if (config.preset != opened.preset || config.profile != opened.profile)
        m_impl->context.reset();
    if (m_impl->context)
        m_impl->applyRates();
}

Result<AccessUnitPtr> H264Encoder::encode(const VideoFrame &frame)
{
    const PictureSize size =
        fitInside({frame.format.width, frame.format.height}, m_impl->config.largest);
    if (!m_impl->context || size != m_impl->size)
        if (const auto opened = m_impl->open(size); !opened)
            return tl::unexpected(opened.error());
    const auto picture = m_impl->scaler.toI420(frame, size);
    if (!picture)
        return tl::unexpected(picture.error());
    const bool keyframe = m_keyframeRequested.exchange(false) || m_impl->isKeyframeDue(frame.pts);
    auto packet = m_impl->code(*picture, keyframe);
    if (!packet) {
        m_impl->context.reset();
        return tl::unexpected(packet.error());
    }
    if (!*packet)
        return AccessUnitPtr();
    if ((*packet)->flags & AV_PKT_FLAG_KEY)
        m_impl->lastKeyframe = frame.pts;
    const Bytes sei =
        m_impl->config.latencySei ? Bytes(latency_sei::make(frame.captured)) : Bytes();
    return m_impl->assembler.assemble(
        {adopt(*std::move(packet)), frame.pts, frame.pts, frame.captured, sei});
}

Result<> H264Encoder::Impl::open(PictureSize wanted)
{
    const AVCodec *codec = avcodec_find_encoder_by_name("libx264");
    if (!codec)
        return failure(ErrorCode::EncoderFailed, "this FFmpeg has no libx264");
    context.reset(avcodec_alloc_context3(codec));
    size = wanted;
    opened = config;
    count = 0;
    context->width = size.width;
    context->height = size.height;
    context->pix_fmt = AV_PIX_FMT_YUV420P;
    context->color_range = AVCOL_RANGE_MPEG;
    context->framerate = av_d2q(config.fps, 1001000);
    context->time_base = av_inv_q(context->framerate);
    context->max_b_frames = 0;
    context->gop_size = keyframesByClock;
    context->thread_count = size.width * size.height * config.fps <= oneThreadLimit ? 1 : 0;
    applyRates();
    av_opt_set(context->priv_data, "preset", config.preset.c_str(), 0);
    av_opt_set(context->priv_data, "tune", "zerolatency", 0);
    av_opt_set(context->priv_data, "profile", config.profile.c_str(), 0);
    av_opt_set(context->priv_data, "forced-idr", "1", 0);
    av_opt_set(context->priv_data, "x264-params", "scenecut=0:repeat-headers=1:annexb=1", 0);
    if (const int error = avcodec_open2(context.get(), codec, nullptr); error < 0) {
        context.reset();
        return ffmpeg::encoderFailure("open the encoder", error);
    }
    return {};
}

// libx264's wrapper compares these with what runs before each picture, and changes it live.
void H264Encoder::Impl::applyRates()
{
    context->bit_rate = config.bitrate;
    context->rc_max_rate = config.bitrate;
    context->rc_buffer_size = config.bitrate; // one second: a keyframe may be a few times the mean
    assembler.setHints({config.fps, config.bitrate, true});
}

bool H264Encoder::Impl::isKeyframeDue(Timestamp pts) const
{
    // Half a picture early rather than one late.
    const std::chrono::duration<double> slack(0.5 / config.fps);
    return count == 0
        || std::chrono::duration<double>(pts - lastKeyframe).count() + slack.count()
        >= config.gopSeconds;
}

// Nothing between send and receive: with zero latency each picture gives its packet at once.
Result<ffmpeg::Handle<AVPacket>> H264Encoder::Impl::code(const VideoFrame &picture, bool keyframe)
{
    const ffmpeg::Handle<AVFrame> frame = wrap(picture);
    frame->pts = count++;
    frame->pict_type = keyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    if (const int error = avcodec_send_frame(context.get(), frame.get()); error < 0)
        return ffmpeg::encoderFailure("encode a picture", error);
    ffmpeg::Handle<AVPacket> packet(av_packet_alloc());
    const int error = avcodec_receive_packet(context.get(), packet.get());
    if (error == AVERROR(EAGAIN))
        return ffmpeg::Handle<AVPacket>();
    if (error < 0)
        return ffmpeg::encoderFailure("encode a picture", error);
    return packet;
}

} // namespace heliograph
