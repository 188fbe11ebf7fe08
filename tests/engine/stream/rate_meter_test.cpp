#include "core/rate_meter.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;

TEST(RateMeter, TellsTheMeanOverTheLastSecond)
{
    RateMeter meter;
    EXPECT_EQ(0, meter.sample(1000, milliseconds(0)));
    EXPECT_DOUBLE_EQ(100, meter.sample(1025, milliseconds(250)));
    meter.sample(1025, milliseconds(500));
    meter.sample(1025, milliseconds(750));
    EXPECT_DOUBLE_EQ(25, meter.sample(1025, milliseconds(1000)));
    EXPECT_DOUBLE_EQ(0, meter.sample(1025, milliseconds(1250)));
}

// A stream that is published anew counts from 0.
TEST(RateMeter, ACounterThatFallsBeginsAnew)
{
    RateMeter meter;
    meter.sample(1000, milliseconds(0));
    meter.sample(1100, milliseconds(250));
    EXPECT_EQ(0, meter.sample(5, milliseconds(500)));
    EXPECT_DOUBLE_EQ(40, meter.sample(15, milliseconds(750)));
}
