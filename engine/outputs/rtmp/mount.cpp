#include "outputs/rtmp/mount.h"

#include "outputs/rtmp/tags.h"
#include "wire/rtmp/chunk_writer.h"
#include "wire/rtmp/command.h"
#include "wire/rtmp/metadata.h"
#include "wire/rtmp/track_codec.h"

#include <algorithm>
#include <limits>

namespace heliograph::rtmp {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

bool startsGop(const AccessUnit &unit)
{
    return unit.track == TrackId::Video && unit.keyframe;
}

std::size_t read24(ByteSpan bytes, std::size_t at)
{
    return (std::size_t{bytes[at]} << 16) | (std::size_t{bytes[at + 1]} << 8) | bytes[at + 2];
}

DeltaHead headOf(TrackId track, std::uint32_t delta)
{
    return track == TrackId::Video ? DeltaHead{chunk_stream::video, MessageType::Video, delta}
                                   : DeltaHead{chunk_stream::audio, MessageType::Audio, delta};
}

void appendHeader(std::vector<std::uint8_t> &out, const Track &track, std::uint32_t messageStream,
                  std::uint32_t time)
{
    const auto header = sequenceHeader(track);
    if (header.empty())
        return;
    const ByteSpan span = header;
    const DeltaHead head = headOf(track.id, 0);
    appendMessage(out, {head.csid, head.type, messageStream, time}, {&span, 1}, Mount::chunkSize);
}

} // namespace

Mount::Mount(const EngineContext &context, Stream &stream, PublishConfig config)
    : m_context(context)
    , m_stream(stream)
    , m_config(std::move(config))
    , m_epoch(context.clock.now())
    , m_fanout(*this, stream.cache())
{
    m_lastTimes.fill(never);
    for (const auto &track : stream.mainTracks())
        noteTrack(track);
    for (const AccessUnitPtr &unit : stream.cache().units())
        if (!isAlternative(unit->track))
            place(*unit);
    m_stream.subscribe(*this);
}

Mount::~Mount()
{
    m_stream.unsubscribe(*this);
}

void Mount::join(BatchSink &viewer)
{
    if (m_stream.hasPictures() && m_stream.canStartFromCache())
        m_fanout.joinAtCache(viewer);
    else
        m_fanout.joinAtKeyframe(viewer, m_stream.hasPictures());
}

std::vector<std::uint8_t> Mount::preface(std::uint32_t messageStream,
                                         const std::function<bool(TrackId)> &isWanted) const
{
    TrackList tracks;
    for (const auto &track : m_stream.mainTracks())
        if (isWanted(track->id))
            tracks.push_back(*track);
    std::vector<std::uint8_t> out;
    const auto metadata = writeData(makeMetadata(tracks, "Heliograph " HELIOGRAPH_VERSION));
    const ByteSpan body = metadata;
    appendMessage(out, {chunk_stream::data, MessageType::DataAmf0, messageStream, 0}, {&body, 1},
                  chunkSize);
    for (const Track &track : tracks)
        appendHeader(out, track, messageStream, 0);
    return out;
}

std::vector<std::uint8_t> Mount::header(TrackId track, std::uint32_t messageStream,
                                        std::uint32_t viewerTime) const
{
    std::vector<std::uint8_t> out;
    if (const auto &config = m_configs[indexOf(track)])
        appendHeader(out, *config, messageStream, viewerTime);
    return out;
}

// fmt 1 | csid   time, 24   length, 24   type   [time, 32]   payload …      (section 5.3.1.2)
// fmt 0 | csid   time, 24   length, 24   type   stream, 32 little-endian   [time, 32]   payload …
BatchPtr Mount::reopened(const Batch &batch, std::uint32_t messageStream, std::uint32_t viewerTime)
{
    const ByteSpan block = batch.block;
    const std::size_t length = read24(block, 4);
    const bool wasExtended = read24(block, 1) == extendedFrom;
    std::size_t rest = wasExtended ? 12 : 8;
    // The payload, without what is between its chunks: that repeats the extended time.
    std::vector<ByteSpan> parts;
    for (std::size_t left = length; left > 0;) {
        const std::size_t count = std::min(left, chunkSize);
        parts.push_back(block.subspan(rest, count));
        left -= count;
        rest += count + (left == 0 ? 0 : wasExtended ? 5 : 1);
    }
    std::vector<std::uint8_t> out;
    out.reserve(block.size() + 8);
    const DeltaHead head = headOf(batch.track, 0);
    appendMessage(out, {head.csid, head.type, messageStream, viewerTime}, parts, chunkSize);
    // A picture behind its sequence header follows it in time already.
    out.insert(out.end(), block.begin() + std::ptrdiff_t(rest), block.end());
    auto own = std::make_shared<Batch>(batch);
    own->block = Bytes(std::move(out));
    return own;
}

void Mount::sweep()
{
    m_bitrate = 8 * m_meter.sample(m_stream.counters().bytes, m_context.clock.now());
}

std::int64_t Mount::timeOf(Timestamp timestamp) const
{
    return std::chrono::floor<milliseconds>(timestamp - m_epoch).count();
}

void Mount::onUnit(const AccessUnitPtr &unit)
{
    if (isAlternative(unit->track))
        return;
    if (startsGop(*unit) || m_stream.cache().units().empty())
        m_places.clear();
    place(*unit);
    m_fanout.push(unit);
}

void Mount::onRestart(const std::vector<TrackId> &)
{
    m_places.clear();
}

void Mount::noteTrack(const std::shared_ptr<const Track> &track)
{
    m_configs[indexOf(track->id)] = track;
    m_codecs[indexOf(track->id)] = fourCcOf(*track);
}

// Called for each unit in the stream's order; later only found.
const Mount::Place &Mount::place(const AccessUnit &unit)
{
    const auto [found, isNew] = m_places.try_emplace(&unit);
    if (!isNew)
        return found->second;
    Place &place = found->second;
    std::int64_t &last = m_lastTimes[indexOf(unit.track)];
    const auto &config = m_configs[indexOf(unit.track)];
    // A time that went back stays where it is until it is passed.
    place.time = std::max(timeOf(unit.dts), last);
    place.delta = last == never ? 0 : std::uint32_t(place.time - last);
    // Who joins from here on is told by the preface.
    place.newConfig = config != unit.config && (config || !m_fanout.empty());
    last = place.time;
    if (config != unit.config)
        noteTrack(unit.config);
    return place;
}

BatchPtr Mount::packetize(const AccessUnitPtr &unit)
{
    if (isAlternative(unit->track)) // of the cached GOP
        return nullptr;
    const Place &at = place(*unit);
    auto batch = std::make_shared<Batch>();
    batch->track = unit->track;
    batch->dts = milliseconds(at.time);
    batch->keyframe = unit->keyframe;
    const Tag tag(*unit, timeOf(unit->pts) - timeOf(unit->dts),
                  at.newConfig ? ParameterSets::Kept : ParameterSets::LeftOut);
    batch->payloadBytes = std::uint32_t(tag.size());
    const auto header = at.newConfig ? sequenceHeader(*unit->config) : std::vector<std::uint8_t>();
    if (header.empty()) {
        batch->block = writeDelta(headOf(unit->track, at.delta), tag.parts(), chunkSize);
        return batch;
    }
    const ByteSpan span = header;
    const Bytes first = writeDelta(headOf(unit->track, at.delta), {&span, 1}, chunkSize);
    const Bytes second = writeDelta(headOf(unit->track, 0), tag.parts(), chunkSize);
    std::vector<std::uint8_t> both(first.span().begin(), first.span().end());
    both.insert(both.end(), second.span().begin(), second.span().end());
    batch->block = Bytes(std::move(both));
    return batch;
}

} // namespace heliograph::rtmp
