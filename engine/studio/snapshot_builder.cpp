#include "studio/snapshot_builder.h"

#include <algorithm>
#include <set>
#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

PictureSize sizeOf(const Stream &stream)
{
    for (const auto &track : stream.tracks())
        if (track->isVideo())
            return {track->width(), track->height()};
    return {};
}

std::string codecText(const Stream &stream)
{
    std::string text;
    for (const auto &track : stream.tracks()) {
        if (!text.empty())
            text += isAlternative(track->id) ? " / " : " + ";
        text += track->codecName();
        if (track->width() > 0)
            text += fmt::format(" {}x{}", track->width(), track->height());
    }
    return text;
}

template <class Map, class Items>
void keepOnly(Map &meters, const Items &items)
{
    if (meters.size() == items.size()) // each item has one
        return;
    std::set<typename Map::key_type> present;
    for (const auto &item : items)
        present.insert(present.end(), item.id);
    std::erase_if(meters, [&](const auto &meter) { return !present.contains(meter.first); });
}

} // namespace

SourceSnapshot SnapshotBuilder::rated(SourceSnapshot source, Timestamp now)
{
    source.fps = m_sources[source.id].sample(source.frames, now);
    return source;
}

ViewerSnapshot SnapshotBuilder::rated(ViewerSnapshot viewer, Timestamp now)
{
    viewer.bitrate = 8 * m_viewers[viewer.id].sample(viewer.bytes, now);
    return viewer;
}

StreamSnapshot SnapshotBuilder::describe(SourceId source, const Stream &stream, Timestamp now)
{
    const Stream::Counters &counters = stream.counters();
    StreamMeters &meters = m_streams[source];
    StreamSnapshot row;
    row.mount = stream.mount();
    row.source = source;
    row.ready = stream.isReady();
    row.codec = codecText(stream);
    row.size = sizeOf(stream);
    row.bitrate = 8 * meters.bytes.sample(counters.bytes, now);
    row.fps = meters.pictures.sample(counters.pictures, now);
    row.gopSeconds = std::chrono::duration<double>(counters.gop).count();
    row.keyframes = counters.keyframes;
    row.forcedKeyframes = counters.forcedKeyframes;
    return row;
}

void SnapshotBuilder::finish(Snapshot &snapshot)
{
    snapshot.sequence = ++m_sequence;
    for (StreamSnapshot &stream : snapshot.streams)
        stream.viewers = std::uint64_t(std::count_if(
            snapshot.viewers.begin(), snapshot.viewers.end(),
            [&](const ViewerSnapshot &viewer) { return viewer.mount == stream.mount; }));
    keepOnly(m_sources, snapshot.sources);
    keepOnly(m_viewers, snapshot.viewers);
    std::erase_if(m_streams, [&](const auto &meters) {
        return std::none_of(snapshot.streams.begin(), snapshot.streams.end(),
                            [&](const StreamSnapshot &row) { return row.source == meters.first; });
    });
}

} // namespace heliograph
