#include "codec/ffmpeg/packet_decoder.h"

#include "codec/ffmpeg/error.h"

#include <algorithm>
#include <thread>

namespace heliograph::ffmpeg {

namespace {

constexpr unsigned mostThreads = 4;

} // namespace

Result<> PacketDecoder::open(const AVCodecParameters &parameters)
{
    quietenLog();
    const AVCodec *codec = avcodec_find_decoder(parameters.codec_id);
    if (!codec)
        return failure(ErrorCode::Unsupported,
                       "this FFmpeg cannot decode "
                           + std::string(avcodec_get_name(parameters.codec_id)));
    m_context.reset(avcodec_alloc_context3(codec));
    if (avcodec_parameters_to_context(m_context.get(), &parameters) < 0)
        return failure(ErrorCode::FileUnplayable, "its headers are damaged");
    m_context->pkt_timebase = {1, 1'000'000'000};
    // Slices, not pictures: a thread for each picture would hold back as many of them.
    m_context->thread_type = FF_THREAD_SLICE;
    m_context->thread_count = int(std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads));
    if (avcodec_open2(m_context.get(), codec, nullptr) < 0)
        return failure(ErrorCode::FileUnplayable,
                       std::string(codec->name) + " in it cannot be decoded");
    return {};
}

void PacketDecoder::decode(const AVPacket &packet, const TakeFrame &take)
{
    give(&packet, take);
}

void PacketDecoder::drain(const TakeFrame &take)
{
    give(nullptr, take);
}

void PacketDecoder::give(const AVPacket *packet, const TakeFrame &take)
{
    if (avcodec_send_packet(m_context.get(), packet) == AVERROR(EAGAIN)) {
        receive(take);
        avcodec_send_packet(m_context.get(), packet);
    }
    receive(take);
}

void PacketDecoder::receive(const TakeFrame &take)
{
    for (;;) {
        Handle<AVFrame> frame(av_frame_alloc());
        if (avcodec_receive_frame(m_context.get(), frame.get()) < 0)
            return;
        take(std::move(frame));
    }
}

} // namespace heliograph::ffmpeg
