#include "codec/ffmpeg/sound_encoder.h"

#include "codec/ffmpeg/error.h"
#include "codec/ffmpeg/handle.h"
#include "media/opus.h"

#include <algorithm>
#include <cstring>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/samplefmt.h>
}

namespace heliograph {

namespace {

const AVCodec *codecOf(SoundCoding coding)
{
    return coding == SoundCoding::Aac ? avcodec_find_encoder(AV_CODEC_ID_AAC)
                                      : avcodec_find_encoder_by_name("libopus");
}

constexpr int mostOpus = 256'000; // bit/s for a channel; libopus refuses more

// The count of samples is smoother than capture times; only a real gap overrides it.
constexpr Timestamp gap = std::chrono::milliseconds(100);

} // namespace

struct SoundEncoder::Impl {
    Result<> open(int rate, int channels);
    Track describe() const;
    bool isGap(const AudioFrame &frame) const;
    Result<> beginAnew(Timestamp pts);
    void writeSamples(AVFrame &frame) const;
    Result<> codeFrame(std::vector<AccessUnitPtr> &units);
    Result<> receive(std::vector<AccessUnitPtr> &units);

    SoundCoding coding;
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

SoundEncoder::SoundEncoder(SoundCoding coding, int bitrate)
    : m_impl(std::make_unique<Impl>())
{
    ffmpeg::quietenLog();
    m_impl->coding = coding;
    m_impl->bitrate = bitrate;
}

SoundEncoder::SoundEncoder(SoundEncoder &&) noexcept = default;
SoundEncoder &SoundEncoder::operator=(SoundEncoder &&) noexcept = default;
SoundEncoder::~SoundEncoder() = default;

bool SoundEncoder::canEncode(SoundCoding coding, const AudioFrame &frame)
{
    const bool fits = frame.sampleRate == opus::clockRate && frame.channels <= 2;
    return codecOf(coding) && (coding != SoundCoding::Opus || fits);
}

Result<std::vector<AccessUnitPtr>> SoundEncoder::encode(const AudioFrame &frame)
{
    Impl &impl = *m_impl;
    if (!impl.context || frame.sampleRate != impl.rate || frame.channels != impl.channels)
        if (const auto opened = impl.open(frame.sampleRate, frame.channels); !opened)
            return tl::unexpected(opened.error());
    if (impl.isGap(frame))
        if (const auto begun = impl.beginAnew(frame.pts); !begun)
            return tl::unexpected(begun.error());
    const std::size_t old = impl.waiting.size();
    impl.waiting.resize(old + frame.samples.size() / sizeof(float));
    std::memcpy(impl.waiting.data() + old, frame.samples.data(),
                (impl.waiting.size() - old) * sizeof(float));
    std::vector<AccessUnitPtr> units;
    while (impl.waiting.size() >= std::size_t(impl.context->frame_size * impl.channels))
        if (const auto coded = impl.codeFrame(units); !coded) {
            impl.context.reset();
            return tl::unexpected(coded.error());
        }
    return units;
}

Result<> SoundEncoder::Impl::open(int newRate, int newChannels)
{
    const AVCodec *codec = codecOf(coding);
    context.reset(avcodec_alloc_context3(codec));
    const bool sameKind = track && rate == newRate && channels == newChannels;
    rate = newRate;
    channels = newChannels;
    waiting.clear();
    given = 0;
    context->sample_rate = rate;
    context->sample_fmt = coding == SoundCoding::Aac ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT;
    context->bit_rate =
        coding == SoundCoding::Opus ? std::min(bitrate, mostOpus * channels) : bitrate;
    if (coding == SoundCoding::Aac)
        context->profile = FF_PROFILE_AAC_LOW;
    context->time_base = {1, rate};
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER; // extradata is what the decoder needs first
    av_channel_layout_default(&context->ch_layout, channels);
    if (const int error = avcodec_open2(context.get(), codec, nullptr); error < 0) {
        context.reset();
        return ffmpeg::encoderFailure("open the sound encoder", error);
    }
    if (!sameKind) {
        ++version;
        track = std::make_shared<const Track>(describe());
    }
    return {};
}

Track SoundEncoder::Impl::describe() const
{
    Bytes header = Bytes::copyOf({context->extradata, std::size_t(context->extradata_size)});
    if (coding == SoundCoding::Aac)
        return {TrackId::Audio, version, AacConfig{std::move(header), rate, channels, bitrate}};
    OpaqueConfig config;
    config.codec = OpaqueCodec::Opus;
    config.header = std::move(header);
    config.sampleRate = rate;
    config.channels = channels;
    config.bitrate = int(context->bit_rate);
    return {TrackId::Opus, version, std::move(config)};
}

bool SoundEncoder::Impl::isGap(const AudioFrame &frame) const
{
    const std::int64_t samples = given + std::int64_t(waiting.size()) / channels;
    const Timestamp difference = frame.pts - (start + durationOf(samples, rate));
    return samples == 0 || difference > gap || difference < -gap;
}

// What follows must not lean on what was before: a decoder may begin here, and would crack.
Result<> SoundEncoder::Impl::beginAnew(Timestamp pts)
{
    waiting.clear();
    start = pts;
    return given > 0 ? open(rate, channels) : Result<>();
}

Result<> SoundEncoder::Impl::codeFrame(std::vector<AccessUnitPtr> &units)
{
    const ffmpeg::Handle<AVFrame> frame(av_frame_alloc());
    const int frameSamples = context->frame_size;
    frame->format = context->sample_fmt;
    frame->nb_samples = frameSamples;
    frame->sample_rate = rate;
    av_channel_layout_copy(&frame->ch_layout, &context->ch_layout);
    if (const int error = av_frame_get_buffer(frame.get(), 0); error < 0)
        return ffmpeg::encoderFailure("encode sound", error);
    writeSamples(*frame);
    waiting.erase(waiting.begin(), waiting.begin() + frameSamples * channels);
    frame->pts = given;
    given += frameSamples;
    if (const int error = avcodec_send_frame(context.get(), frame.get()); error < 0)
        return ffmpeg::encoderFailure("encode sound", error);
    return receive(units);
}

// Interleaved as it waits, or each channel by itself.
void SoundEncoder::Impl::writeSamples(AVFrame &frame) const
{
    const bool planar = av_sample_fmt_is_planar(context->sample_fmt) != 0;
    const int planes = planar ? channels : 1;
    const int count = frame.nb_samples * channels / planes;
    for (int i = 0; i < planes; ++i) {
        auto *plane = reinterpret_cast<float *>(frame.data[i]);
        for (int j = 0; j < count; ++j)
            plane[j] = waiting[std::size_t(j * planes + i)];
    }
}

Result<> SoundEncoder::Impl::receive(std::vector<AccessUnitPtr> &units)
{
    for (;;) {
        const ffmpeg::Handle<AVPacket> packet(av_packet_alloc());
        const int error = avcodec_receive_packet(context.get(), packet.get());
        if (error == AVERROR(EAGAIN))
            return {};
        if (error < 0)
            return ffmpeg::encoderFailure("encode sound", error);
        auto unit = std::make_shared<AccessUnit>();
        unit->track = track->id;
        unit->keyframe = true;
        unit->pts = unit->dts = start + durationOf(packet->pts, rate);
        unit->config = track;
        unit->units.push_back(Bytes::copyOf({packet->data, std::size_t(packet->size)}));
        units.push_back(std::move(unit));
    }
}

} // namespace heliograph
