#include "codec/ffmpeg/aac_encoder.h"

#include "codec/ffmpeg/error.h"
#include "codec/ffmpeg/handle.h"

#include <cstring>

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace heliograph {

namespace {

constexpr int frameSamples = 1024;

// The count of samples is smoother than capture times; only a real gap overrides it.
constexpr Timestamp gap = std::chrono::milliseconds(100);

} // namespace

struct AacEncoder::Impl {
    Result<> open(int rate, int channels);
    void follow(const AudioFrame &frame);
    Result<> codeFrame(std::vector<AccessUnitPtr> &units);
    Result<> receive(std::vector<AccessUnitPtr> &units);

    int bitrate;
    int channels = 0;
    int rate = 0;
    ffmpeg::Handle<AVCodecContext> context;
    std::shared_ptr<const Track> track;
    std::uint32_t version = 0;
    std::vector<float> waiting; // interleaved, less than a frame between calls
    Timestamp start{0}; // capture time of sample 0
    std::int64_t given = 0; // samples given to this encoder
};

AacEncoder::AacEncoder(int bitrate)
    : m_impl(std::make_unique<Impl>())
{
    ffmpeg::quietenLog();
    m_impl->bitrate = bitrate;
}

AacEncoder::AacEncoder(AacEncoder &&) noexcept = default;
AacEncoder &AacEncoder::operator=(AacEncoder &&) noexcept = default;
AacEncoder::~AacEncoder() = default;

Result<std::vector<AccessUnitPtr>> AacEncoder::encode(const AudioFrame &frame)
{
    Impl &impl = *m_impl;
    if (!impl.context || frame.sampleRate != impl.rate || frame.channels != impl.channels)
        if (const auto opened = impl.open(frame.sampleRate, frame.channels); !opened)
            return tl::unexpected(opened.error());
    impl.follow(frame);
    const std::size_t old = impl.waiting.size();
    impl.waiting.resize(old + frame.samples.size() / sizeof(float));
    std::memcpy(impl.waiting.data() + old, frame.samples.data(),
                (impl.waiting.size() - old) * sizeof(float));
    std::vector<AccessUnitPtr> units;
    while (impl.waiting.size() >= std::size_t(frameSamples * impl.channels))
        if (const auto coded = impl.codeFrame(units); !coded) {
            impl.context.reset();
            return tl::unexpected(coded.error());
        }
    return units;
}

Result<> AacEncoder::Impl::open(int newRate, int newChannels)
{
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
    context.reset(avcodec_alloc_context3(codec));
    rate = newRate;
    channels = newChannels;
    waiting.clear();
    given = 0;
    context->sample_rate = rate;
    context->sample_fmt = AV_SAMPLE_FMT_FLTP;
    context->bit_rate = bitrate;
    context->profile = FF_PROFILE_AAC_LOW;
    context->time_base = {1, rate};
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER; // extradata is the AudioSpecificConfig
    av_channel_layout_default(&context->ch_layout, channels);
    if (const int error = avcodec_open2(context.get(), codec, nullptr); error < 0) {
        context.reset();
        return ffmpeg::encoderFailure("open the sound encoder", error);
    }
    AacConfig config;
    config.audioSpecificConfig =
        Bytes::copyOf({context->extradata, std::size_t(context->extradata_size)});
    config.sampleRate = rate;
    config.channels = channels;
    config.bitrate = bitrate;
    track = std::make_shared<const Track>(Track{TrackId::Audio, ++version, config});
    return {};
}

void AacEncoder::Impl::follow(const AudioFrame &frame)
{
    const std::int64_t samples = given + std::int64_t(waiting.size()) / channels;
    const Timestamp expected = start + durationOf(samples, rate);
    const Timestamp difference = frame.pts - expected;
    if (samples == 0 || difference > gap || difference < -gap) {
        waiting.clear();
        start = frame.pts - durationOf(given, rate); // the encoder's own count goes on
    }
}

Result<> AacEncoder::Impl::codeFrame(std::vector<AccessUnitPtr> &units)
{
    const ffmpeg::Handle<AVFrame> frame(av_frame_alloc());
    frame->format = AV_SAMPLE_FMT_FLTP;
    frame->nb_samples = frameSamples;
    frame->sample_rate = rate;
    av_channel_layout_copy(&frame->ch_layout, &context->ch_layout);
    if (const int error = av_frame_get_buffer(frame.get(), 0); error < 0)
        return ffmpeg::encoderFailure("encode sound", error);
    for (int channel = 0; channel < channels; ++channel) {
        auto *plane = reinterpret_cast<float *>(frame->data[channel]);
        for (int i = 0; i < frameSamples; ++i)
            plane[i] = waiting[std::size_t(i * channels + channel)];
    }
    waiting.erase(waiting.begin(), waiting.begin() + frameSamples * channels);
    frame->pts = given;
    given += frameSamples;
    if (const int error = avcodec_send_frame(context.get(), frame.get()); error < 0)
        return ffmpeg::encoderFailure("encode sound", error);
    return receive(units);
}

Result<> AacEncoder::Impl::receive(std::vector<AccessUnitPtr> &units)
{
    for (;;) {
        const ffmpeg::Handle<AVPacket> packet(av_packet_alloc());
        const int error = avcodec_receive_packet(context.get(), packet.get());
        if (error == AVERROR(EAGAIN))
            return {};
        if (error < 0)
            return ffmpeg::encoderFailure("encode sound", error);
        auto unit = std::make_shared<AccessUnit>();
        unit->track = TrackId::Audio;
        unit->keyframe = true;
        unit->pts = unit->dts = start + durationOf(packet->pts, rate);
        unit->config = track;
        unit->units.push_back(Bytes::copyOf({packet->data, std::size_t(packet->size)}));
        units.push_back(std::move(unit));
    }
}

} // namespace heliograph
