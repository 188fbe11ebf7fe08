#include "codec/ffmpeg/unit_sound.h"

#include "codec/ffmpeg/audio_decoder.h"
#include "codec/ffmpeg/handle.h"

#include <algorithm>

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace heliograph {

namespace {

struct SoundFacts {
    AVCodecID codec = AV_CODEC_ID_NONE;
    Bytes header;
    int sampleRate = 0;
    int channels = 0;
};

AVCodecID codecOf(OpaqueCodec codec)
{
    switch (codec) {
    case OpaqueCodec::Opus:
        return AV_CODEC_ID_OPUS;
    case OpaqueCodec::Flac:
        return AV_CODEC_ID_FLAC;
    case OpaqueCodec::Ac3:
        return AV_CODEC_ID_AC3;
    case OpaqueCodec::Eac3:
        return AV_CODEC_ID_EAC3;
    case OpaqueCodec::Mp3:
        return AV_CODEC_ID_MP3;
    case OpaqueCodec::Pcmu:
        return AV_CODEC_ID_PCM_MULAW;
    case OpaqueCodec::Pcma:
        return AV_CODEC_ID_PCM_ALAW;
    case OpaqueCodec::Av1:
    case OpaqueCodec::Vp8:
    case OpaqueCodec::Vp9:
        break;
    }
    return AV_CODEC_ID_NONE;
}

SoundFacts factsOf(const Track &track)
{
    if (const auto *aac = std::get_if<AacConfig>(&track.config))
        return {AV_CODEC_ID_AAC, aac->audioSpecificConfig, aac->sampleRate, aac->channels};
    if (const auto *opaque = std::get_if<OpaqueConfig>(&track.config))
        return {codecOf(opaque->codec), opaque->header, opaque->sampleRate, opaque->channels};
    return {};
}

ffmpeg::Handle<AVCodecParameters> toParameters(const SoundFacts &facts)
{
    ffmpeg::Handle<AVCodecParameters> parameters(avcodec_parameters_alloc());
    parameters->codec_type = AVMEDIA_TYPE_AUDIO;
    parameters->codec_id = facts.codec;
    parameters->sample_rate = facts.sampleRate;
    if (facts.channels > 0)
        av_channel_layout_default(&parameters->ch_layout, facts.channels);
    const ByteSpan extra = facts.header;
    if (extra.empty())
        return parameters;
    parameters->extradata =
        static_cast<std::uint8_t *>(av_mallocz(extra.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    parameters->extradata_size = int(extra.size());
    std::ranges::copy(extra, parameters->extradata);
    return parameters;
}

ffmpeg::Handle<AVPacket> toPacket(const AccessUnit &unit)
{
    ffmpeg::Handle<AVPacket> packet(av_packet_alloc());
    if (av_new_packet(packet.get(), int(unit.size())) < 0)
        return nullptr;
    std::uint8_t *out = packet->data;
    for (const Bytes &part : unit.units)
        out = std::ranges::copy(part.span(), out).out;
    packet->pts = unit.pts.count();
    packet->dts = unit.dts.count();
    return packet;
}

} // namespace

UnitSound::UnitSound() = default;
UnitSound::~UnitSound() = default;

std::vector<AudioFrame> UnitSound::decode(const AccessUnit &unit)
{
    if (unit.config != m_track)
        open(unit.config);
    const auto packet = toPacket(unit);
    return m_decoder && packet ? m_decoder->decode(*packet) : std::vector<AudioFrame>();
}

void UnitSound::open(const std::shared_ptr<const Track> &track)
{
    constexpr int mostChannels = 2; // the decoder mixes more of them down
    m_track = track;
    m_decoder.reset();
    const SoundFacts facts = factsOf(*track);
    const int channels = facts.channels == 1 ? 1 : mostChannels;
    if (auto decoder = AudioDecoder::open(*toParameters(facts), channels))
        m_decoder = *std::move(decoder);
}

} // namespace heliograph
