#include "sources/rtmp/track_search.h"

#include "wire/rtmp/audio_tag.h"
#include "wire/rtmp/metadata.h"
#include "wire/rtmp/video_tag.h"

#include <algorithm>

namespace heliograph {

namespace {

namespace four_cc = rtmp::four_cc;
using rtmp::FourCc;
using rtmp::PacketKind;

// Those whose frames mean nothing without a sequence header.
bool hasHeader(FourCc codec)
{
    static constexpr std::array codecs = {four_cc::avc,  four_cc::hevc, four_cc::vvc,
                                          four_cc::av1,  four_cc::vp9,  four_cc::aac,
                                          four_cc::opus, four_cc::flac};
    return std::ranges::find(codecs, codec) != codecs.end();
}

} // namespace

Result<> TrackSearch::look(const PublishedItem &item)
{
    if (item.kind == PublishedItem::Kind::Picture) {
        const auto tag = rtmp::parseVideoTag(item.body);
        if (!tag)
            return tl::unexpected(tag.error());
        note(m_tracks[0], tag->codec, tag->kind, item.arrived);
    } else if (item.kind == PublishedItem::Kind::Sound) {
        const auto tag = rtmp::parseAudioTag(item.body);
        if (!tag)
            return tl::unexpected(tag.error());
        note(m_tracks[1], tag->codec, tag->kind, item.arrived);
    } else if (item.kind == PublishedItem::Kind::Data) {
        noteAnnouncement(item);
    }
    return {};
}

void TrackSearch::note(Found &track, FourCc codec, PacketKind kind, Timestamp arrived)
{
    const bool isProof =
        kind == PacketKind::SequenceHeader || (kind == PacketKind::Frames && !hasHeader(codec));
    if (!isProof)
        return;
    track.codec = codec.isNone() ? unnamed : codec;
    m_since = m_since.value_or(arrived);
}

// What cannot be read announces nothing.
void TrackSearch::noteAnnouncement(const PublishedItem &item)
{
    const auto data = rtmp::parseData(rtmp::MessageType::DataAmf0, item.body);
    const auto metadata = data ? rtmp::readMetadata(*data) : std::nullopt;
    if (!metadata)
        return;
    m_tracks[0].announced = !metadata->videoCodec.isNone() || metadata->width > 0;
    m_tracks[1].announced = !metadata->audioCodec.isNone() || metadata->sampleRate > 0;
}

bool TrackSearch::isOver(Timestamp now) const
{
    const auto isFound = [](const Found &track) { return !track.codec.isNone(); };
    const auto isMissing = [&](const Found &track) { return track.announced && !isFound(track); };
    if (!m_since)
        return false;
    if (std::ranges::all_of(m_tracks, isFound))
        return true;
    if (std::ranges::any_of(m_tracks, isMissing))
        return now - *m_since >= m_patience.announced;
    return std::ranges::any_of(m_tracks, &Found::announced) || now - *m_since >= m_patience.lone;
}

} // namespace heliograph
