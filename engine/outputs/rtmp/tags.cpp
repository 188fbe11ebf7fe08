#include "outputs/rtmp/tags.h"

#include "wire/rtmp/audio_tag.h"
#include "wire/rtmp/hvcc.h"
#include "wire/rtmp/track_codec.h"
#include "wire/rtmp/video_tag.h"

#include <algorithm>

namespace heliograph::rtmp {

namespace {

bool isParameterSet(const Track &track, const Bytes &nal)
{
    if (std::holds_alternative<HevcConfig>(track.config)) {
        const hevc::NalType type = hevc::typeOf(nal);
        return type >= hevc::NalType::Vps && type <= hevc::NalType::Pps;
    }
    const h264::NalType type = h264::typeOf(nal);
    return type == h264::NalType::Sps || type == h264::NalType::Pps;
}

// They stand in front.
std::span<const Bytes> withoutParameterSets(const AccessUnit &unit)
{
    const std::span<const Bytes> units = unit.units;
    const auto first = std::ranges::find_if_not(
        units, [&](const Bytes &nal) { return isParameterSet(*unit.config, nal); });
    return units.subspan(std::size_t(first - units.begin()));
}

bool hasNalUnits(const Track &track)
{
    return std::holds_alternative<H264Config>(track.config)
        || std::holds_alternative<HevcConfig>(track.config);
}

TagHead headOf(const Track &track, PacketKind kind, bool keyframe, std::int64_t compositionTime)
{
    const FourCc codec = fourCcOf(track);
    return track.isVideo() ? writeVideoHead({codec, kind, keyframe, std::int32_t(compositionTime)})
                           : writeAudioHead(codec, kind);
}

std::vector<std::uint8_t> decoderConfig(const Track &track)
{
    if (const auto *avc = std::get_if<H264Config>(&track.config))
        return writeAvcRecord(*avc);
    if (const auto *hevc = std::get_if<HevcConfig>(&track.config))
        return writeHvcRecord(*hevc);
    const auto *aac = std::get_if<AacConfig>(&track.config);
    const ByteSpan bytes =
        aac ? aac->audioSpecificConfig.span() : std::get<OpaqueConfig>(track.config).header.span();
    return {bytes.begin(), bytes.end()};
}

} // namespace

Tag::Tag(const AccessUnit &unit, std::int64_t compositionTime, ParameterSets sets)
    : m_head(headOf(*unit.config, PacketKind::Frames, unit.keyframe, compositionTime))
{
    if (hasNalUnits(*unit.config))
        m_nals.emplace(m_head.span(),
                       sets == ParameterSets::Kept ? std::span(unit.units)
                                                   : withoutParameterSets(unit));
    else
        m_frame = {m_head.span(), unit.units.front().span()};
}

std::span<const ByteSpan> Tag::parts() const
{
    return m_nals ? m_nals->parts() : std::span<const ByteSpan>(m_frame);
}

std::size_t Tag::size() const
{
    return m_nals ? m_nals->size() : m_frame[0].size() + m_frame[1].size();
}

std::vector<std::uint8_t> sequenceHeader(const Track &track)
{
    const auto config = decoderConfig(track);
    if (config.empty())
        return {};
    const TagHead head = headOf(track, PacketKind::SequenceHeader, true, 0);
    std::vector<std::uint8_t> tag(head.span().begin(), head.span().end());
    tag.insert(tag.end(), config.begin(), config.end());
    return tag;
}

} // namespace heliograph::rtmp
