// Time, handed in so that tests can lie about it.
// Thread: any. Owner: the composition root; everyone else borrows a reference.
#pragma once

#include <chrono>

namespace heliograph {

// Time on the steady clock (CLOCK_MONOTONIC): the capture clock, pts and dts.
using Timestamp = std::chrono::nanoseconds;
// Time since 1970 (CLOCK_REALTIME): what people and RTCP sender reports speak of.
using WallTime = std::chrono::nanoseconds;

class Clock {
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
    virtual WallTime wallNow() const = 0;

    // What the wall's clock showed, or will show, at an instant of the steady one.
    WallTime toWall(Timestamp instant) const;
};

class SystemClock final : public Clock {
public:
    Timestamp now() const override { return std::chrono::steady_clock::now().time_since_epoch(); }
    WallTime wallNow() const override
    {
        return std::chrono::system_clock::now().time_since_epoch();
    }
};

} // namespace heliograph
