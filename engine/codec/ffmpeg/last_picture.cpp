#include "codec/ffmpeg/last_picture.h"

#include "codec/ffmpeg/handle.h"
#include "codec/ffmpeg/video_decoder.h"

#include <algorithm>
#include <array>
#include <optional>

namespace heliograph {

namespace {

constexpr std::array<std::uint8_t, 4> startCode = {0, 0, 0, 1};

AVCodecID codecOf(const Track &track)
{
    if (std::holds_alternative<H264Config>(track.config))
        return AV_CODEC_ID_H264;
    return std::holds_alternative<HevcConfig>(track.config) ? AV_CODEC_ID_HEVC : AV_CODEC_ID_NONE;
}

ffmpeg::Handle<AVPacket> toPacket(const AccessUnit &unit)
{
    ffmpeg::Handle<AVPacket> packet(av_packet_alloc());
    if (av_new_packet(packet.get(), int(unit.size() + startCode.size() * unit.units.size())) < 0)
        return nullptr;
    std::uint8_t *out = packet->data;
    for (const Bytes &nal : unit.units) {
        out = std::ranges::copy(startCode, out).out;
        out = std::ranges::copy(nal.span(), out).out;
    }
    packet->pts = unit.pts.count();
    packet->dts = unit.dts.count();
    return packet;
}

} // namespace

Result<VideoFrame> lastPictureOf(std::span<const AccessUnitPtr> units)
{
    const auto first = std::ranges::find(units, TrackId::Video, &AccessUnit::track);
    if (first == units.end())
        return failure(ErrorCode::FileUnplayable, "there is no picture");
    const ffmpeg::Handle<AVCodecParameters> parameters(avcodec_parameters_alloc());
    parameters->codec_type = AVMEDIA_TYPE_VIDEO;
    parameters->codec_id = codecOf(*(*first)->config);
    auto decoder = VideoDecoder::open(*parameters);
    if (!decoder)
        return tl::unexpected(decoder.error());
    std::optional<VideoFrame> last;
    const auto take = [&](std::vector<VideoFrame> frames) {
        if (!frames.empty())
            last = std::move(frames.back());
    };
    for (const AccessUnitPtr &unit : units)
        if (unit->track == TrackId::Video)
            if (const auto packet = toPacket(*unit))
                take((*decoder)->decode(*packet));
    take((*decoder)->drain());
    if (!last)
        return failure(ErrorCode::FileUnplayable, "no picture can be decoded");
    return *std::move(last);
}

} // namespace heliograph
