#include "core/clock.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <vector>

using namespace heliograph;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp apart = std::chrono::hours(24 * 365 * 50);

// Its thread is put aside for 30 ms at the readings named.
class BusyClock final : public Clock {
public:
    explicit BusyClock(std::vector<int> interrupted)
        : m_interrupted(std::move(interrupted))
    {
    }

    Timestamp now() const override { return read(); }
    WallTime wallNow() const override { return read() + apart; }
    int readings() const { return m_readings; }

private:
    Timestamp read() const
    {
        ++m_readings;
        m_time += std::ranges::count(m_interrupted, m_readings) ? 30ms : 50ns;
        return m_time;
    }

    std::vector<int> m_interrupted;
    mutable int m_readings = 0;
    mutable Timestamp m_time{1h};
};

} // namespace

TEST(Clock, AnInterruptionBetweenTwoReadingsIsNotTakenForTime)
{
    for (const std::vector<int> &interrupted :
         {std::vector<int>{}, {2}, {3}, {2, 3}, {2, 4}, {3, 5}, {2, 3, 4, 5, 6, 7}}) {
        const BusyClock clock(interrupted);
        EXPECT_LE(std::chrono::abs(clock.toWall(1h) - 1h - apart), 1us);
    }
}

TEST(Clock, OneThatIsInterruptedForEverIsTakenAsItIs)
{
    std::vector<int> always(100);
    std::iota(always.begin(), always.end(), 1);
    const BusyClock clock(always);
    EXPECT_LE(std::chrono::abs(clock.toWall(1h) - 1h - apart), 30ms);
    EXPECT_LT(clock.readings(), 20);
}
