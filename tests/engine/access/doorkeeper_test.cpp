#include "access/doorkeeper.h"

#include "support/manual_clock.h"

#include <gtest/gtest.h>

namespace heliograph {

using Verdict = Doorkeeper::Verdict;

TEST(Doorkeeper, R30_GuessesCostEverMoreAndThenTheDoorIsShut)
{
    test::ManualClock clock;
    Doorkeeper doorkeeper(clock);
    for (int i = 0; i < Doorkeeper::freeFailures; ++i)
        EXPECT_EQ(Timestamp(0), doorkeeper.noteFailure("a").delay);
    EXPECT_EQ(Doorkeeper::firstDelay, doorkeeper.noteFailure("a").delay);
    EXPECT_EQ(2 * Doorkeeper::firstDelay, doorkeeper.noteFailure("a").delay);
    for (int i = Doorkeeper::freeFailures + 2; i < Doorkeeper::failuresToShutOut - 1; ++i)
        EXPECT_LE(doorkeeper.noteFailure("a").delay, Doorkeeper::longestDelay);
    EXPECT_EQ(Verdict::Welcome, doorkeeper.judge("a"));
    EXPECT_TRUE(doorkeeper.noteFailure("a").nowShutOut);
    EXPECT_EQ(Verdict::ShutOut, doorkeeper.judge("a"));
    EXPECT_EQ(Verdict::Welcome, doorkeeper.judge("b"));
    EXPECT_FALSE(doorkeeper.noteFailure("a").nowShutOut); // told once
    clock.advance(Doorkeeper::shutOutFor + std::chrono::seconds(1));
    EXPECT_EQ(Verdict::Welcome, doorkeeper.judge("a"));
    EXPECT_EQ(Timestamp(0), doorkeeper.noteFailure("a").delay);
}

TEST(Doorkeeper, TheRightPasswordForgivesTheWrongOnes)
{
    test::ManualClock clock;
    Doorkeeper doorkeeper(clock);
    for (int i = 0; i < 10; ++i)
        doorkeeper.noteFailure("a");
    doorkeeper.noteSuccess("a");
    EXPECT_EQ(Timestamp(0), doorkeeper.noteFailure("a").delay);
}

TEST(Doorkeeper, RemembersSoManyAddressesAndForgetsTheQuietest)
{
    test::ManualClock clock;
    Doorkeeper doorkeeper(clock);
    for (int i = 0; i < Doorkeeper::failuresToShutOut; ++i)
        doorkeeper.noteFailure("loud");
    for (std::size_t i = 0; i < Doorkeeper::rememberedAddresses; ++i) {
        clock.advance(std::chrono::milliseconds(1));
        doorkeeper.noteFailure("address " + std::to_string(i));
    }
    EXPECT_EQ(Verdict::Welcome, doorkeeper.judge("loud")); // it was the quietest
    EXPECT_EQ(Timestamp(0), doorkeeper.noteFailure("address 1").delay); // still known: its second
}

TEST(Doorkeeper, BansUntilItIsTakenBack)
{
    test::ManualClock clock;
    Doorkeeper doorkeeper(clock);
    doorkeeper.setBanned("a", true);
    clock.advance(std::chrono::hours(1000));
    EXPECT_EQ(Verdict::Banned, doorkeeper.judge("a"));
    EXPECT_EQ(Doorkeeper::Banned{"a"}, doorkeeper.banned());
    doorkeeper.setBanned("a", false);
    EXPECT_EQ(Verdict::Welcome, doorkeeper.judge("a"));
}

} // namespace heliograph
