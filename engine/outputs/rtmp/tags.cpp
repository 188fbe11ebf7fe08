#include "outputs/rtmp/tags.h"

#include "media/h264.h"
#include "wire/rtmp/audio_tag.h"
#include "wire/rtmp/video_tag.h"

#include <algorithm>

namespace heliograph::rtmp {

namespace {

bool isParameterSet(const Bytes &nal)
{
    const h264::NalType type = h264::typeOf(nal);
    return type == h264::NalType::Sps || type == h264::NalType::Pps;
}

// They stand in front; the sequence header has them already.
std::span<const Bytes> withoutParameterSets(std::span<const Bytes> units)
{
    const auto first = std::find_if_not(units.begin(), units.end(), isParameterSet);
    return units.subspan(std::size_t(first - units.begin()));
}

TagHead headOf(const Track &track, const VideoHead &picture)
{
    return track.isVideo() ? writeVideoHead(picture) : writeAudioHead(four_cc::aac, picture.kind);
}

} // namespace

Tag::Tag(const AccessUnit &unit, std::int64_t compositionTime)
    : m_head(
        headOf(*unit.config,
               {four_cc::avc, PacketKind::Frames, unit.keyframe, std::int32_t(compositionTime)}))
{
    if (unit.config->isVideo())
        m_picture.emplace(m_head.span(), withoutParameterSets(unit.units));
    else
        m_sound = {m_head.span(), unit.units.front().span()};
}

std::span<const ByteSpan> Tag::parts() const
{
    return m_picture ? m_picture->parts() : std::span<const ByteSpan>(m_sound);
}

std::size_t Tag::size() const
{
    return m_picture ? m_picture->size() : m_sound[0].size() + m_sound[1].size();
}

std::vector<std::uint8_t> sequenceHeader(const Track &track)
{
    const TagHead head = headOf(track, {four_cc::avc, PacketKind::SequenceHeader, true, 0});
    std::vector<std::uint8_t> tag(head.span().begin(), head.span().end());
    if (const auto *picture = std::get_if<H264Config>(&track.config)) {
        const auto record = writeAvcRecord(*picture);
        tag.insert(tag.end(), record.begin(), record.end());
    } else {
        const ByteSpan config = std::get<AacConfig>(track.config).audioSpecificConfig;
        tag.insert(tag.end(), config.begin(), config.end());
    }
    return tag;
}

} // namespace heliograph::rtmp
