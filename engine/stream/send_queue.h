// What waits for one viewer's connection to take it: whole blocks, shared with everybody else,
// bounded in media time and bytes. Past a bound whole pictures are dropped up to the next
// keyframe; sound and replies are kept. A block that was partly sent is always finished.
// Thread: the loop. Owner: one connection. Knows no socket: bytes leave through the function
// handed to drain().
#pragma once

#include "media/batch.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace heliograph {

struct SendQueueBounds {
    Timestamp duration = std::chrono::seconds(2);
    std::size_t bytes = 16 * 1024 * 1024;
};

class SendQueue {
public:
    using Owner = const void *; // tells the streams of one connection apart

    explicit SendQueue(SendQueueBounds bounds = {})
        : m_bounds(bounds)
    {
    }

    // A reply, a sender report: never dropped. Returns false when more than the byte bound of
    // such would wait: the peer asks and never reads, close it.
    [[nodiscard]] bool pushControl(Bytes block);

    // Returns the pictures dropped by this call: 0 or 1 of its own, and those that made room.
    std::uint32_t push(const BatchPtr &batch, Owner owner);

    // Nothing waits, and no keyframe is awaited: a block may go out past the queue. What was not
    // taken of it comes here, and is finished before all others.
    bool isPassable() const { return m_count == 0 && !m_awaitKeyframe; }
    void pushBegun(const BatchPtr &batch, Owner owner, std::size_t sent);

    // What a joiner gets at once: the GOP so far is longer than the bounds may be. They are wider
    // by it at first, and narrow again as fast as time goes on.
    void expectBacklog(std::span<const BatchPtr> backlog);

    // Forgets what has not begun to leave, when a viewer pauses or goes.
    void discard(Owner owner);

    // Hands blocks to send until it takes less than it is given. send: ByteSpan ->
    // Result<std::size_t> (bytes taken). Returns false on its error.
    template <class Send>
    bool drain(Send &&send)
    {
        while (m_count != 0) {
            const Bytes &block = front().block;
            const auto taken = send(block.span().subspan(m_sentOfFront));
            if (!taken)
                return false;
            m_sentOfFront += *taken;
            if (m_sentOfFront < block.size())
                return true;
            popFront();
        }
        return true;
    }

    bool awaitsKeyframe() const { return m_awaitKeyframe; } // pictures are left out up to one
    bool empty() const { return m_count == 0; }
    std::size_t bytes() const { return m_bytes; }
    // Media time between the oldest and the newest batch waiting.
    Timestamp duration() const;

private:
    struct Entry {
        Bytes block;
        Timestamp dts{0};
        Owner owner = nullptr; // null: control
        bool picture = false;
    };

    Entry &at(std::size_t index) { return m_ring[(m_first + index) % m_ring.size()]; }
    const Entry &at(std::size_t index) const { return m_ring[(m_first + index) % m_ring.size()]; }
    Entry &front() { return at(0); }
    void append(Entry entry);
    void popFront();
    bool isOver(const Batch &next) const;
    SendQueueBounds boundsAt(Timestamp dts) const;
    std::uint32_t dropPictures();
    template <class Keep>
    void keepOnly(Keep keep);

    std::size_t m_count = 0;
    bool m_awaitKeyframe = false;
    std::size_t m_first = 0;
    std::size_t m_bytes = 0;
    std::size_t m_sentOfFront = 0;
    // Empty until something has to wait; grows to the longest backlog seen, and then stays.
    std::vector<Entry> m_ring;
    SendQueueBounds m_bounds;
    SendQueueBounds m_backlog{Timestamp(0), 0}; // its length and size
    Timestamp m_backlogEnd = Timestamp::min() / 2;
};

} // namespace heliograph
