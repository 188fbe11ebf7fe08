#include "codec/ffmpeg/g711_decoder.h"

#include "codec/ffmpeg/error.h"
#include "codec/ffmpeg/handle.h"

#include <algorithm>
#include <cstring>

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace heliograph {

G711Decoder::G711Decoder(std::unique_ptr<AudioDecoder> decoder)
    : m_decoder(std::move(decoder))
{
}

Result<G711Decoder> G711Decoder::open(const OpaqueConfig &config)
{
    ffmpeg::quietenLog();
    const ffmpeg::Handle<AVCodecParameters> parameters(avcodec_parameters_alloc());
    parameters->codec_type = AVMEDIA_TYPE_AUDIO;
    parameters->codec_id =
        config.codec == OpaqueCodec::Pcmu ? AV_CODEC_ID_PCM_MULAW : AV_CODEC_ID_PCM_ALAW;
    parameters->sample_rate = config.sampleRate;
    av_channel_layout_default(&parameters->ch_layout, config.channels);
    auto decoder = AudioDecoder::open(*parameters, std::min(config.channels, 2));
    if (!decoder)
        return tl::unexpected(decoder.error());
    return G711Decoder(*std::move(decoder));
}

AudioFrame G711Decoder::decode(const Bytes &coded, Timestamp pts)
{
    const ffmpeg::Handle<AVPacket> packet(av_packet_alloc());
    if (coded.empty() || av_new_packet(packet.get(), int(coded.size())) < 0)
        return {};
    std::memcpy(packet->data, coded.data(), coded.size());
    packet->pts = packet->dts = pts.count();
    const auto frames = m_decoder->decode(*packet);
    return frames.empty() ? AudioFrame() : frames.front();
}

} // namespace heliograph
