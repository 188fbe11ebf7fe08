#include "core/clock.h"

namespace heliograph {

namespace {

// A reading takes tens of nanoseconds. One that took longer was interrupted.
constexpr Timestamp uninterrupted = std::chrono::microseconds(20);
constexpr int attempts = 4;

} // namespace

// The two clocks are read one after the other, and a busy machine may do something else in between:
// taken as one instant, picture and sound would part by as long.
WallTime Clock::toWall(Timestamp instant) const
{
    Timestamp before = now();
    for (int attempt = 1;; ++attempt) {
        const WallTime wall = wallNow();
        const Timestamp after = now();
        if (after - before <= uninterrupted || attempt == attempts)
            return wall - (after - instant);
        before = after;
    }
}

} // namespace heliograph
