#include "sources/rtmp/flv_units.h"

#include "media/aac.h"
#include "wire/rtmp/audio_tag.h"
#include "wire/rtmp/avcc.h"
#include "wire/rtmp/video_tag.h"

#include <algorithm>

namespace heliograph {

namespace {

using rtmp::PacketKind;

bool isAmong(std::span<const TrackId> tracks, TrackId track)
{
    return std::ranges::find(tracks, track) != tracks.end();
}

bool isEqual(ByteSpan a, ByteSpan b)
{
    return std::ranges::equal(a, b);
}

// The tag's body without a copy: it is a part of the item's.
Bytes bodyOf(const PublishedItem &item, ByteSpan body)
{
    return item.body.slice(std::size_t(body.data() - item.body.data()), body.size());
}

tl::unexpected<Error> changed(const char *what)
{
    return failure(ErrorCode::ConnectionLost, std::string(what) + " changed");
}

} // namespace

FlvUnits::FlvUnits(std::span<const TrackId> tracks, const Clock &clock)
    : m_clock(clock)
    , m_hasPictures(isAmong(tracks, TrackId::Video))
    , m_hasSound(isAmong(tracks, TrackId::Audio))
{
}

Result<AccessUnitPtr> FlvUnits::convert(const PublishedItem &item)
{
    switch (item.kind) {
    case PublishedItem::Kind::Picture:
        return m_hasPictures ? convertPicture(item) : AccessUnitPtr();
    case PublishedItem::Kind::Sound:
        return m_hasSound ? convertSound(item) : AccessUnitPtr();
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
    if (tag->kind != PacketKind::SequenceHeader && tag->kind != PacketKind::Frames)
        return AccessUnitPtr();
    if (tag->codec != rtmp::four_cc::avc)
        return changed("the pictures");
    const Bytes body = bodyOf(item, tag->body);
    if (tag->kind == PacketKind::SequenceHeader) {
        const auto taken = takeRecord(body);
        return taken ? Result<AccessUnitPtr>() : tl::unexpected(taken.error());
    }
    if (m_record.empty() || body.empty())
        return AccessUnitPtr();
    auto units = rtmp::splitLengthPrefixed(body, m_lengthSize);
    if (!units)
        return tl::unexpected(units.error());
    if (units->empty())
        return AccessUnitPtr();
    H264Assembler::Nals nals;
    nals.units = *std::move(units);
    nals.dts = m_times.place(TrackId::Video, item.time, tag->nanoseconds, item.arrived);
    const Timestamp delay = std::chrono::milliseconds(tag->compositionTime);
    nals.pts = nals.dts + std::max(delay, Timestamp(0)); // never shown before it is decoded
    nals.captured = toWall(nals.pts);
    return m_assembler.assemble(nals);
}

// Many repeat it, some with every keyframe.
Result<> FlvUnits::takeRecord(const Bytes &record)
{
    if (isEqual(record, m_record))
        return {};
    auto avc = rtmp::parseAvcRecord(record);
    if (!avc)
        return tl::unexpected(avc.error());
    std::vector<Bytes> sets = std::move(avc->sps);
    sets.insert(sets.end(), avc->pps.begin(), avc->pps.end());
    if (const auto replaced = m_assembler.replaceSets(sets); !replaced)
        return within("read H.264 in FLV", replaced.error());
    m_record = record;
    m_lengthSize = avc->lengthSize;
    return {};
}

Result<AccessUnitPtr> FlvUnits::convertSound(const PublishedItem &item)
{
    const auto tag = rtmp::parseAudioTag(item.body);
    if (!tag)
        return tl::unexpected(tag.error());
    if (tag->kind != PacketKind::SequenceHeader && tag->kind != PacketKind::Frames)
        return AccessUnitPtr();
    if (tag->codec != rtmp::four_cc::aac)
        return changed("the sound");
    const Bytes body = bodyOf(item, tag->body);
    if (tag->kind == PacketKind::SequenceHeader) {
        const auto taken = takeSoundConfig(body);
        return taken ? Result<AccessUnitPtr>() : tl::unexpected(taken.error());
    }
    if (!m_sound || body.empty())
        return AccessUnitPtr();
    auto unit = std::make_shared<AccessUnit>();
    unit->track = TrackId::Audio;
    unit->keyframe = true;
    unit->dts = m_times.place(TrackId::Audio, item.time, tag->nanoseconds, item.arrived);
    unit->pts = unit->dts;
    unit->captured = toWall(unit->pts);
    unit->config = m_sound;
    unit->units.push_back(body);
    return AccessUnitPtr(std::move(unit));
}

// Players were told the rate when they joined: another one is another track.
Result<> FlvUnits::takeSoundConfig(const Bytes &bytes)
{
    if (m_sound) {
        const auto &known = std::get<AacConfig>(m_sound->config).audioSpecificConfig;
        return isEqual(known, bytes) ? Result<>() : changed("the sound");
    }
    auto config = readAudioSpecificConfig(bytes);
    if (!config)
        return tl::unexpected(config.error());
    config->bitrate = m_soundBitrate;
    m_sound = std::make_shared<const Track>(Track{TrackId::Audio, 1, *std::move(config)});
    return {};
}

// What cannot be read says nothing.
void FlvUnits::takeMetadata(const PublishedItem &item)
{
    const auto data = rtmp::parseData(rtmp::MessageType::DataAmf0, item.body);
    const auto metadata = data ? rtmp::readMetadata(*data) : std::nullopt;
    if (!metadata)
        return;
    m_assembler.setHints({metadata->fps, metadata->videoBitrate});
    m_soundBitrate = metadata->audioBitrate;
}

WallTime FlvUnits::toWall(Timestamp instant) const
{
    return m_clock.wallNow() - (m_clock.now() - instant);
}

} // namespace heliograph
