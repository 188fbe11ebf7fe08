// A clock that stands still until it is told.
#pragma once

#include "core/clock.h"

namespace heliograph::test {

class ManualClock final : public Clock {
public:
    Timestamp now() const override { return m_now; }
    WallTime wallNow() const override { return m_now; }
    void advance(Timestamp by) { m_now += by; }

private:
    Timestamp m_now{std::chrono::hours(1)};
};

} // namespace heliograph::test
