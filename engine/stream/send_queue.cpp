#include "stream/send_queue.h"

#include <algorithm>

namespace heliograph {

namespace {

// Enough for a few pictures with their sound.
constexpr std::size_t firstCapacity = 16;

} // namespace

bool SendQueue::pushControl(Bytes block)
{
    if (m_bytes > 2 * m_bounds.bytes)
        return false;
    append({std::move(block), Timestamp(0), nullptr, false});
    return true;
}

std::uint32_t SendQueue::push(const BatchPtr &batch, Owner owner)
{
    const bool picture = batch->track == TrackId::Video;
    std::uint32_t dropped = 0;
    if (picture && isOver(*batch)) {
        dropped = dropPictures();
        m_awaitKeyframe = true;
    }
    if (picture && m_awaitKeyframe) {
        if (!batch->keyframe || isOver(*batch))
            return dropped + 1;
        m_awaitKeyframe = false;
    }
    if (!picture && m_bytes > m_bounds.bytes)
        return dropped; // sound alone past the bytes: nothing is being read at all
    append({batch->block, batch->dts, owner, picture});
    return dropped;
}

void SendQueue::pushBegun(const BatchPtr &batch, Owner owner, std::size_t sent)
{
    append({batch->block, batch->dts, owner, batch->track == TrackId::Video});
    m_sentOfFront = sent;
}

void SendQueue::expectBacklog(std::span<const BatchPtr> backlog)
{
    if (backlog.empty())
        return;
    m_backlog = {backlog.back()->dts - backlog.front()->dts, 0};
    for (const BatchPtr &batch : backlog)
        m_backlog.bytes += batch->block.size();
    m_backlogEnd = backlog.back()->dts;
}

void SendQueue::discard(Owner owner)
{
    keepOnly([owner](const Entry &entry) { return entry.owner != owner; });
    m_awaitKeyframe = false;
}

Timestamp SendQueue::duration() const
{
    Timestamp oldest = Timestamp::max();
    Timestamp newest = Timestamp::min();
    for (std::size_t i = 0; i < m_count; ++i) {
        if (!at(i).owner)
            continue;
        oldest = std::min(oldest, at(i).dts);
        newest = std::max(newest, at(i).dts);
    }
    return newest > oldest ? newest - oldest : Timestamp(0);
}

void SendQueue::append(Entry entry)
{
    if (m_count == m_ring.size()) {
        std::rotate(m_ring.begin(), m_ring.begin() + std::ptrdiff_t(m_first), m_ring.end());
        m_first = 0;
        m_ring.resize(std::max(firstCapacity, 2 * m_ring.size()));
    }
    m_bytes += entry.block.size();
    at(m_count) = std::move(entry);
    ++m_count;
}

void SendQueue::popFront()
{
    m_bytes -= front().block.size();
    front() = {};
    m_first = (m_first + 1) % m_ring.size();
    --m_count;
    m_sentOfFront = 0;
}

bool SendQueue::isOver(const Batch &next) const
{
    const SendQueueBounds bounds = boundsAt(next.dts);
    for (std::size_t i = 0; i < m_count; ++i)
        if (at(i).owner)
            return next.dts - at(i).dts > bounds.duration
                || m_bytes + next.block.size() > bounds.bytes;
    return false;
}

SendQueueBounds SendQueue::boundsAt(Timestamp dts) const
{
    const Timestamp since = std::max(dts - m_backlogEnd, Timestamp(0));
    if (since >= m_backlog.duration)
        return m_bounds;
    return {m_bounds.duration + m_backlog.duration - since, m_bounds.bytes + m_backlog.bytes};
}

std::uint32_t SendQueue::dropPictures()
{
    const std::size_t before = m_count;
    keepOnly([](const Entry &entry) { return !entry.picture; });
    return std::uint32_t(before - m_count);
}

// A block that has begun to leave stays: the peer would lose its framing.
template <class Keep>
void SendQueue::keepOnly(Keep keep)
{
    std::size_t kept = 0;
    m_bytes = 0;
    for (std::size_t i = 0; i < m_count; ++i) {
        const bool begun = i == 0 && m_sentOfFront > 0;
        if (!begun && !keep(at(i)))
            continue;
        m_bytes += at(i).block.size();
        if (kept != i)
            at(kept) = std::move(at(i));
        ++kept;
    }
    for (std::size_t i = kept; i < m_count; ++i)
        at(i) = {};
    m_count = kept;
}

} // namespace heliograph
