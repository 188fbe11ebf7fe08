// Counters become rates, streams become rows: the 4 Hz snapshot.
// Thread: the loop. Owner: the engine.
#pragma once

#include "core/rate_meter.h"
#include "engine/snapshot.h"
#include "stream/stream.h"

#include <map>

namespace heliograph {

class SnapshotBuilder {
public:
    SourceSnapshot rated(SourceSnapshot source, Timestamp now);
    ViewerSnapshot rated(ViewerSnapshot viewer, Timestamp now);
    StreamSnapshot describe(SourceId source, const Stream &stream, Timestamp now);

    // Numbers the snapshot, counts viewers per stream, forgets the meters of what is gone.
    void finish(Snapshot &snapshot);
    std::size_t viewers() const { return m_viewers.size(); }

private:
    struct StreamMeters {
        RateMeter bytes;
        RateMeter pictures;
    };

    std::uint64_t m_sequence = 0;
    std::map<SourceId, RateMeter> m_sources;
    std::map<SourceId, StreamMeters> m_streams;
    std::map<ViewerId, RateMeter> m_viewers;
};

} // namespace heliograph
