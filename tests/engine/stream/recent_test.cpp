#include "core/recent.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;

TEST(Recent, GivesWhatCameInOrderAndOnce)
{
    Recent<int> recent(milliseconds(500), 100);
    recent.put(1, milliseconds(0));
    recent.put(2, milliseconds(500));
    EXPECT_EQ((std::vector{1, 2}), recent.drain());
    EXPECT_TRUE(recent.drain().empty());
}

TEST(Recent, WhoFallsBehindLosesTheOldest)
{
    Recent<int> recent(milliseconds(500), 100);
    for (int i = 0; i < 100; ++i)
        recent.put(i, milliseconds(100 * i));
    EXPECT_EQ((std::vector{94, 95, 96, 97, 98, 99}), recent.drain());
}

TEST(Recent, TimesThatStandStillOrJumpBackDoNotFillIt)
{
    Recent<int> recent(milliseconds(500), 3);
    for (int i = 0; i < 5; ++i)
        recent.put(i, milliseconds(100));
    EXPECT_EQ((std::vector{2, 3, 4}), recent.drain());
    recent.put(5, milliseconds(100));
    recent.put(6, milliseconds(50));
    EXPECT_EQ(std::vector{6}, recent.drain());
}
