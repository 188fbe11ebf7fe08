#include "sources/rtmp/flv_units.h"

#include "wire/rtmp/audio_tag.h"
#include "wire/rtmp/video_tag.h"

#include <algorithm>

namespace heliograph {

namespace {

using rtmp::PacketKind;

// The tag's body without a copy: it is a part of the item's.
Bytes bodyOf(const PublishedItem &item, ByteSpan body)
{
    return item.body.slice(std::size_t(body.data() - item.body.data()), body.size());
}

bool isSkipped(PacketKind kind)
{
    return kind != PacketKind::SequenceHeader && kind != PacketKind::Frames;
}

tl::unexpected<Error> changed(const char *what)
{
    return failure(ErrorCode::ConnectionLost, std::string(what) + " changed");
}

} // namespace

FlvUnits::FlvUnits(const FlvTracks &tracks, const Clock &clock)
    : m_clock(clock)
    , m_tracks(tracks)
    , m_pictures(pictureUnits(tracks.pictures))
{
    if (!tracks.sound.isNone())
        m_sound.emplace(tracks.sound);
}

Result<AccessUnitPtr> FlvUnits::convert(const PublishedItem &item)
{
    switch (item.kind) {
    case PublishedItem::Kind::Picture:
        return m_pictures ? convertPicture(item) : AccessUnitPtr();
    case PublishedItem::Kind::Sound:
        return m_sound ? convertSound(item) : AccessUnitPtr();
    case PublishedItem::Kind::Begin:
        m_times.begin();
        return AccessUnitPtr();
    case PublishedItem::Kind::Data:
        takeMetadata(item);
        return AccessUnitPtr();
    case PublishedItem::Kind::End:
        break;
    }
    return AccessUnitPtr();
}

Result<AccessUnitPtr> FlvUnits::convertPicture(const PublishedItem &item)
{
    const auto tag = rtmp::parseVideoTag(item.body);
    if (!tag)
        return tl::unexpected(tag.error());
    if (isSkipped(tag->kind))
        return AccessUnitPtr();
    if (tag->codec != m_tracks.pictures)
        return changed("the pictures");
    const Bytes body = bodyOf(item, tag->body);
    if (tag->kind == PacketKind::SequenceHeader) {
        const auto taken = m_pictures->takeHeader(body);
        return taken ? Result<AccessUnitPtr>() : tl::unexpected(taken.error());
    }
    if (body.empty())
        return AccessUnitPtr();
    UnitTimes times;
    times.dts = m_times.place(TrackId::Video, item.time, tag->nanoseconds, item.arrived);
    const Timestamp delay = std::chrono::milliseconds(tag->compositionTime);
    times.pts = times.dts + std::max(delay, Timestamp(0)); // never shown before it is decoded
    times.captured = m_clock.toWall(times.pts);
    return m_pictures->convert(body, tag->keyframe, times);
}

Result<AccessUnitPtr> FlvUnits::convertSound(const PublishedItem &item)
{
    const auto tag = rtmp::parseAudioTag(item.body);
    if (!tag)
        return tl::unexpected(tag.error());
    if (isSkipped(tag->kind))
        return AccessUnitPtr();
    if (tag->codec != m_tracks.sound)
        return changed("the sound");
    const Bytes body = bodyOf(item, tag->body);
    if (tag->kind == PacketKind::SequenceHeader) {
        const auto taken = m_sound->takeHeader(body);
        return taken ? Result<AccessUnitPtr>() : tl::unexpected(taken.error());
    }
    const Timestamp time = m_times.place(TrackId::Audio, item.time, tag->nanoseconds, item.arrived);
    return m_sound->convert(body, time, m_clock.toWall(time));
}

// What cannot be read says nothing.
void FlvUnits::takeMetadata(const PublishedItem &item)
{
    const auto data = rtmp::parseData(rtmp::MessageType::DataAmf0, item.body);
    const auto metadata = data ? rtmp::readMetadata(*data) : std::nullopt;
    if (!metadata)
        return;
    if (m_pictures)
        m_pictures->takeMetadata(*metadata);
    if (m_sound)
        m_sound->takeMetadata(*metadata);
}

} // namespace heliograph
