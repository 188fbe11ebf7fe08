#include "stream/fanout.h"

#include <algorithm>

namespace heliograph {

namespace {

// Pictures go to one sink while the memory of those behind it is on its way: first the sink's own,
// then what it touches.
constexpr std::size_t sinksAhead = 4;
constexpr std::size_t touchedAhead = 2;

} // namespace

void Fanout::joinAtCache(BatchSink &sink)
{
    if (!m_backlogWhole) {
        m_backlog.clear();
        for (const AccessUnitPtr &unit : m_cache.units())
            if (BatchPtr batch = m_packetizer.packetize(unit))
                m_backlog.push_back(std::move(batch));
        m_backlogWhole = true;
    }
    m_active.push_back(&sink);
    m_delivering = true;
    sink.begin(m_backlog);
    m_delivering = false;
    forgetLeavers();
}

void Fanout::joinAtKeyframe(BatchSink &sink, bool hasPictures)
{
    m_waiting.push_back({&sink, hasPictures});
}

void Fanout::leave(BatchSink &sink)
{
    std::erase_if(m_waiting, [&](const Waiting &waiting) { return waiting.sink == &sink; });
    std::replace(m_active.begin(), m_active.end(), &sink, static_cast<BatchSink *>(nullptr));
    if (!m_delivering)
        forgetLeavers();
}

void Fanout::push(const AccessUnitPtr &unit)
{
    if (empty())
        return;
    const BatchPtr batch = m_packetizer.packetize(unit);
    if (!batch)
        return;
    remember(batch);
    deliver(batch);
    admit(batch);
    m_packetizer.delivered();
}

void Fanout::remember(const BatchPtr &batch)
{
    const bool startsGop = batch->track == TrackId::Video && batch->keyframe;
    const bool kept = !m_cache.units().empty(); // false: the GOP grew past the cache's bounds
    if (startsGop || !kept)
        m_backlog.clear();
    m_backlogWhole = kept && (startsGop || m_backlogWhole);
    if (m_backlogWhole)
        m_backlog.push_back(batch);
}

void Fanout::deliver(const BatchPtr &batch)
{
    m_delivering = true;
    // By index: a sink that leaves stays in its place as null, one that joins comes behind.
    for (std::size_t i = 0, count = m_active.size(); i < count; ++i) {
        if (i + sinksAhead < count)
            __builtin_prefetch(m_active[i + sinksAhead]);
        if (i + touchedAhead < count && m_active[i + touchedAhead])
            m_active[i + touchedAhead]->fetchAhead();
        if (m_active[i])
            m_active[i]->deliver(batch);
    }
    m_delivering = false;
    forgetLeavers();
}

void Fanout::admit(const BatchPtr &batch)
{
    const bool startsPictures = batch->track == TrackId::Video && batch->keyframe;
    std::vector<BatchSink *> admitted;
    std::erase_if(m_waiting, [&](const Waiting &waiting) {
        if (waiting.hasPictures && !startsPictures)
            return false;
        admitted.push_back(waiting.sink);
        return true;
    });
    m_active.insert(m_active.end(), admitted.begin(), admitted.end());
    m_delivering = true;
    for (BatchSink *sink : admitted)
        if (std::find(m_active.begin(), m_active.end(), sink) != m_active.end())
            sink->begin({&batch, 1});
    m_delivering = false;
    forgetLeavers();
}

void Fanout::forgetLeavers()
{
    std::erase(m_active, nullptr);
    if (empty()) {
        m_backlog.clear();
        m_backlogWhole = false;
    }
}

} // namespace heliograph
