// One packetization for all viewers that would get identical bytes: each access unit is made into
// one batch, and every sink gets a share of it.
// Thread: the loop. Owner: a protocol's mount.
#pragma once

#include "media/access_unit.h"
#include "media/batch.h"
#include "stream/gop_cache.h"

#include <array>
#include <span>
#include <vector>

namespace heliograph {

// Makes a protocol's bytes. One per group of viewers, never per viewer.
class Packetizer {
public:
    virtual ~Packetizer() = default;
    // Null when the unit's track does not belong to this group.
    virtual BatchPtr packetize(const AccessUnitPtr &unit) = 0;
    // Everybody has been handed the batch, which may go now: what gathered must leave.
    virtual void delivered() { }
};

// A TCP viewer, a UDP viewer, later a muxer.
class BatchSink {
public:
    virtual ~BatchSink() = default;
    // The first call: from a keyframe on, oldest first; at least one batch.
    virtual void begin(std::span<const BatchPtr> backlog) = 0;
    virtual void deliver(const BatchPtr &batch) = 0;

    // Sinks lie all over the memory, and so does what they deliver by.
    void fetchAhead() const
    {
        for (const void *each : m_touched)
            __builtin_prefetch(each);
    }

protected:
    std::array<const void *, 3> m_touched{}; // by deliver(), outside of the sink; null: nothing
};

class Fanout {
public:
    // cache: the stream's own, already holding the unit when push() is called.
    Fanout(Packetizer &packetizer, const GopCache &cache)
        : m_packetizer(packetizer)
        , m_cache(cache)
    {
    }

    // Starts now, from the cached GOP, which must not be empty.
    void joinAtCache(BatchSink &sink);
    // Starts with the next keyframe; with the next unit of any kind when hasPictures is false.
    void joinAtKeyframe(BatchSink &sink, bool hasPictures);
    // Safe in the middle of a delivery, also for other sinks than the one being served.
    void leave(BatchSink &sink);

    void push(const AccessUnitPtr &unit);

    bool empty() const { return m_active.empty() && m_waiting.empty(); }

private:
    struct Waiting {
        BatchSink *sink;
        bool hasPictures;
    };

    void remember(const BatchPtr &batch);
    void deliver(const BatchPtr &batch);
    void admit(const BatchPtr &batch);
    void forgetLeavers();

    Packetizer &m_packetizer;
    const GopCache &m_cache;
    std::vector<BatchSink *> m_active; // null: left during a delivery
    std::vector<Waiting> m_waiting;
    // Batches since the last keyframe, as far back as this group has had somebody to send to.
    std::vector<BatchPtr> m_backlog;
    bool m_backlogWhole = false; // it begins with the keyframe
    bool m_delivering = false;
};

} // namespace heliograph
