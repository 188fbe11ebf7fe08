// Access units decoded again by the project's own decoder.
#pragma once

#include "codec/ffmpeg/handle.h"
#include "codec/ffmpeg/video_decoder.h"

#include <cstdlib>

namespace heliograph::test {

inline std::vector<VideoFrame> decode(const std::vector<AccessUnitPtr> &units)
{
    const std::unique_ptr<AVCodecParameters, void (*)(AVCodecParameters *)> parameters(
        avcodec_parameters_alloc(), [](AVCodecParameters *p) { avcodec_parameters_free(&p); });
    parameters->codec_type = AVMEDIA_TYPE_VIDEO;
    parameters->codec_id = AV_CODEC_ID_H264;
    const auto decoder = VideoDecoder::open(*parameters).value();
    std::vector<VideoFrame> pictures;
    const auto take = [&](std::vector<VideoFrame> more) {
        pictures.insert(pictures.end(), more.begin(), more.end());
    };
    for (const AccessUnitPtr &unit : units) {
        std::vector<std::uint8_t> bytes;
        for (const Bytes &nal : unit->units) {
            bytes.insert(bytes.end(), {0, 0, 0, 1});
            bytes.insert(bytes.end(), nal.span().begin(), nal.span().end());
        }
        const ffmpeg::Handle<AVPacket> packet(av_packet_alloc());
        av_new_packet(packet.get(), int(bytes.size()));
        std::copy(bytes.begin(), bytes.end(), packet->data);
        packet->pts = unit->pts.count();
        packet->dts = unit->dts.count();
        take(decoder->decode(*packet));
    }
    take(decoder->drain());
    return pictures;
}

// Between the brightness of two pictures of a size, 0 to 255.
inline double difference(const VideoFrame &a, const VideoFrame &b)
{
    double sum = 0;
    for (int y = 0; y < a.format.height; ++y)
        for (int x = 0; x < a.format.width; ++x)
            sum += std::abs(a.planes[0][std::size_t(y * a.strides[0] + x)]
                            - b.planes[0][std::size_t(y * b.strides[0] + x)]);
    return sum / (a.format.width * a.format.height);
}

} // namespace heliograph::test
