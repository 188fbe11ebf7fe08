// The way from a source's thread to the engine loop: bounded in time. When the loop falls a whole
// bound behind, units are refused up to the next keyframe, so that what comes out is
// always decodable.
// Thread: push() on the one source thread; drain() on the one loop. Owner: shared by both ends.
#pragma once

#include "core/dated.h"

#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace heliograph {

enum class InboxPush {
    First, // accepted, and the inbox was empty: wake the reader
    Queued, // accepted; the reader knows already
    Refused, // dropped: the reader is behind, or a keyframe is awaited
};

template <class T>
class Inbox {
public:
    explicit Inbox(Timestamp bound)
        : m_bound(bound)
    {
    }

    // keyframe: decoding can start here. droppable: belongs to the pictures that a refusal
    // breaks (sound does not).
    InboxPush push(T value, Timestamp when, bool keyframe, bool droppable)
    {
        const std::lock_guard lock(m_mutex);
        const bool behind = !m_items.empty() && when - m_items.front().when > m_bound;
        if (behind || (m_awaitKeyframe && droppable && !keyframe)) {
            m_awaitKeyframe = m_awaitKeyframe || droppable;
            return InboxPush::Refused;
        }
        if (keyframe && droppable)
            m_awaitKeyframe = false;
        m_items.push_back({std::move(value), when});
        return m_items.size() == 1 ? InboxPush::First : InboxPush::Queued;
    }

    // Moves everything out, oldest first.
    std::vector<T> drain()
    {
        std::deque<Dated<T>> items;
        {
            const std::lock_guard lock(m_mutex);
            items.swap(m_items);
        }
        return valuesOf(std::move(items));
    }

private:
    const Timestamp m_bound;
    std::mutex m_mutex;
    std::deque<Dated<T>> m_items;
    bool m_awaitKeyframe = false;
};

} // namespace heliograph
