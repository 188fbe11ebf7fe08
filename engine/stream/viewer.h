// One person watching, over whatever protocol: what the table of viewers shows and kicks.
// Thread: the loop. Owner: the protocol's output.
#pragma once

#include "engine/snapshot.h"

#include <utility>

namespace heliograph {

enum class CloseReason {
    Left, // the player said goodbye or closed
    Kicked, // by the person at the studio
    TimedOut, // nothing was heard from it
    TooSlow, // its connection took nothing for too long
    StreamEnded, // the mount is no longer published
    ShuttingDown, // the server stops
};

class Viewer {
public:
    virtual ~Viewer() = default;
    // Rates are left zero: the snapshot builder makes them from the counters.
    virtual ViewerSnapshot describe() const = 0;
    // Tells the player goodbye, then frees everything.
    virtual void close(CloseReason reason) = 0;
};

// Numbers viewers over all outputs. Thread: the loop.
class ViewerIds {
public:
    // Loops that number side by side begin apart and take steps of their number.
    explicit ViewerIds(std::uint64_t first = 1, std::uint64_t step = 1)
        : m_next(first)
        , m_step(step)
    {
    }
    ViewerId next() { return ViewerId(std::exchange(m_next, m_next + m_step)); }

private:
    std::uint64_t m_next;
    const std::uint64_t m_step;
};

} // namespace heliograph
