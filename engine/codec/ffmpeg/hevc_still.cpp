#include "codec/ffmpeg/hevc_still.h"

#include "codec/ffmpeg/error.h"
#include "codec/ffmpeg/picture_frame.h"
#include "codec/ffmpeg/scaler.h"
#include "media/nal_assembler.h"

extern "C" {
#include <libavutil/opt.h>
}

namespace heliograph {

namespace {

using Encoder = ffmpeg::Handle<AVCodecContext>;

Result<Encoder> openEncoder(const StillPlan &plan)
{
    const AVCodec *codec = avcodec_find_encoder_by_name("libx265");
    if (!codec)
        return failure(ErrorCode::EncoderMissing, "libx265");
    Encoder encoder(avcodec_alloc_context3(codec));
    encoder->width = plan.size.width;
    encoder->height = plan.size.height;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->color_range = AVCOL_RANGE_MPEG;
    encoder->time_base = {1, AV_TIME_BASE}; // any: the number of a picture is its time
    encoder->framerate = av_d2q(1 / std::chrono::duration<double>(plan.step).count(), 1001000);
    encoder->gop_size = plan.gop;
    encoder->max_b_frames = 0;
    av_opt_set(encoder->priv_data, "preset", "ultrafast", 0);
    av_opt_set(encoder->priv_data, "tune", "zerolatency", 0);
    av_opt_set(encoder->priv_data, "forced-idr", "1", 0);
    // sao: without it, libx265 (3.5) forgets the memory that it has made for it anyway.
    av_opt_set(encoder->priv_data, "x265-params",
               "scenecut=0:sao=1:open-gop=0:repeat-headers=1:annexb=1:pools=1:log-level=error", 0);
    if (const int error = avcodec_open2(encoder.get(), codec, nullptr); error < 0)
        return ffmpeg::encoderFailure("open the H.265 encoder", error);
    return encoder;
}

// All that the encoder has ready, behind those before.
Result<> receive(AVCodecContext &encoder, HevcAssembler &assembler, const StillPlan &plan,
                 std::vector<AccessUnitPtr> &units)
{
    for (;;) {
        ffmpeg::Handle<AVPacket> packet(av_packet_alloc());
        const int error = avcodec_receive_packet(&encoder, packet.get());
        if (error == AVERROR(EAGAIN) || error == AVERROR_EOF)
            return {};
        if (error < 0)
            return ffmpeg::encoderFailure("encode a picture", error);
        const Timestamp when = packet->pts * plan.step;
        auto unit = assembler.assemble(
            HevcAssembler::Picture{ffmpeg::adopt(std::move(packet)), when, when, {}, {}});
        if (!unit)
            return tl::unexpected(unit.error());
        if (*unit)
            units.push_back(*unit);
    }
}

} // namespace

Result<std::vector<AccessUnitPtr>> codeHevcStill(const VideoFrame &picture, const StillPlan &plan)
{
    ffmpeg::quietenLog();
    Scaler scaler(ScaleQuality::Sharp);
    const auto scaled = scaler.toI420(picture, plan.size);
    if (!scaled)
        return tl::unexpected(scaled.error());
    const auto encoder = openEncoder(plan);
    if (!encoder)
        return tl::unexpected(encoder.error());
    HevcAssembler assembler;
    std::vector<AccessUnitPtr> units;
    for (int i = 0; i <= plan.pictures; ++i) { // the last round empties it
        const ffmpeg::Handle<AVFrame> frame = i < plan.pictures ? ffmpeg::wrap(*scaled) : nullptr;
        if (frame) {
            frame->pts = i;
            frame->pict_type = i % plan.gop == 0 ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
        }
        if (const int error = avcodec_send_frame(encoder->get(), frame.get()); error < 0)
            return ffmpeg::encoderFailure("encode a picture", error);
        if (const auto received = receive(**encoder, assembler, plan, units); !received)
            return tl::unexpected(received.error());
    }
    if (int(units.size()) != plan.pictures)
        return failure(ErrorCode::EncoderFailed, "the encoder lost pictures");
    return units;
}

} // namespace heliograph
