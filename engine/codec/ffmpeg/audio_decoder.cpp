#include "codec/ffmpeg/audio_decoder.h"

#include "codec/ffmpeg/packet_decoder.h"

#include <algorithm>

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace heliograph {

namespace {

constexpr int wantedRate = 48000;

struct Shape {
    int rate = 0;
    int channels = 0;
    int format = -1;
    bool operator==(const Shape &) const = default;
};

Shape shapeOf(const AVFrame &frame)
{
    return {frame.sample_rate, frame.ch_layout.nb_channels, frame.format};
}

} // namespace

struct AudioDecoder::Impl {
    ffmpeg::PacketDecoder decoder;
    ffmpeg::Handle<SwrContext> resampler;
    Shape shape; // of what the resampler takes
    int channels = 0; // of what it gives
    Timestamp end{0}; // of the sound so far

    bool prepare(const AVFrame &frame);
    AudioFrame convert(const AVFrame &frame);
    ffmpeg::PacketDecoder::TakeFrame into(std::vector<AudioFrame> &sounds);
};

AudioDecoder::AudioDecoder(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

AudioDecoder::~AudioDecoder() = default;

Result<std::unique_ptr<AudioDecoder>> AudioDecoder::open(const AVCodecParameters &parameters,
                                                         int channels)
{
    auto impl = std::make_unique<Impl>();
    impl->channels = channels;
    if (const auto opened = impl->decoder.open(parameters); !opened)
        return tl::unexpected(opened.error());
    return std::unique_ptr<AudioDecoder>(new AudioDecoder(std::move(impl)));
}

std::vector<AudioFrame> AudioDecoder::decode(const AVPacket &packet)
{
    std::vector<AudioFrame> sounds;
    m_impl->decoder.decode(packet, m_impl->into(sounds));
    return sounds;
}

std::vector<AudioFrame> AudioDecoder::drain()
{
    std::vector<AudioFrame> sounds;
    m_impl->decoder.drain(m_impl->into(sounds));
    return sounds;
}

ffmpeg::PacketDecoder::TakeFrame AudioDecoder::Impl::into(std::vector<AudioFrame> &sounds)
{
    return [this, &sounds](ffmpeg::Handle<AVFrame> frame) {
        if (frame->sample_rate <= 0 || !prepare(*frame))
            return;
        AudioFrame sound = convert(*frame);
        if (!sound.samples.empty())
            sounds.push_back(std::move(sound));
    };
}

bool AudioDecoder::Impl::prepare(const AVFrame &frame)
{
    if (resampler && shape == shapeOf(frame))
        return true;
    shape = shapeOf(frame);
    AVChannelLayout from = {};
    AVChannelLayout to = {};
    av_channel_layout_default(&to, channels);
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&from, shape.channels);
    else
        av_channel_layout_copy(&from, &frame.ch_layout);
    SwrContext *made = nullptr;
    const bool isMade = swr_alloc_set_opts2(&made, &to, AV_SAMPLE_FMT_FLT, wantedRate, &from,
                                            AVSampleFormat(shape.format), shape.rate, 0, nullptr)
        >= 0;
    av_channel_layout_uninit(&from);
    resampler.reset(made);
    if (!isMade || swr_init(made) < 0)
        resampler.reset();
    return resampler != nullptr;
}

AudioFrame AudioDecoder::Impl::convert(const AVFrame &frame)
{
    const std::int64_t waiting = swr_get_delay(resampler.get(), wantedRate);
    const int room = std::max(swr_get_out_samples(resampler.get(), frame.nb_samples), 0);
    const std::size_t sampleSize = sizeof(float) * std::size_t(channels);
    std::vector<std::uint8_t> bytes(std::size_t(room) * sampleSize);
    std::uint8_t *out = bytes.data();
    const int count =
        swr_convert(resampler.get(), &out, room,
                    const_cast<const std::uint8_t **>(frame.extended_data), frame.nb_samples);
    bytes.resize(std::size_t(std::max(count, 0)) * sampleSize);
    AudioFrame sound;
    sound.sampleRate = wantedRate;
    sound.channels = channels;
    sound.pts = frame.best_effort_timestamp == AV_NOPTS_VALUE
        ? end
        : Timestamp(frame.best_effort_timestamp) - durationOf(waiting, wantedRate);
    end = sound.pts + durationOf(std::max(count, 0), wantedRate);
    sound.samples = Bytes(std::move(bytes));
    return sound;
}

} // namespace heliograph
