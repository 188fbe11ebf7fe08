// The access units since the last keyframe, of all tracks, so that a viewer can start in the
// middle of a GOP.
// Thread: the loop. Owner: a Stream.
#pragma once

#include "media/access_unit.h"

#include <vector>

namespace heliograph {

// A GOP past any of these is not kept: joiners then wait for a keyframe instead. The bounds are
// what a 4K camera with a 10 s GOP needs; they keep one broken source from taking the memory.
struct GopBounds {
    std::size_t bytes = 32 * 1024 * 1024;
    std::size_t units = 2000;
    Timestamp duration = std::chrono::seconds(20);
};

class GopCache {
public:
    explicit GopCache(GopBounds bounds = {})
        : m_bounds(bounds)
    {
    }

    void push(const AccessUnitPtr &unit);
    void clear();

    // From a keyframe on, in order of arrival; empty when there is none or it grew too large.
    const std::vector<AccessUnitPtr> &units() const { return m_units; }

    std::size_t bytes() const { return m_bytes; }

private:
    bool isOver(const AccessUnit &newest) const;

    GopBounds m_bounds;
    std::vector<AccessUnitPtr> m_units;
    std::size_t m_bytes = 0;
};

} // namespace heliograph
