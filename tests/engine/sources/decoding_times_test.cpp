#include "sources/file/decoding_times.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

constexpr std::optional<Timestamp> none;

void push(DecodingTimes &times, std::optional<Timestamp> pts, std::optional<Timestamp> dts)
{
    times.push({TrackId::Video, {}, {}, {}, milliseconds(40)}, pts, dts);
}

std::vector<int> taken(DecodingTimes &times)
{
    std::vector<int> dts;
    while (const auto sample = times.pop())
        dts.push_back(int(sample->dts / milliseconds(1)));
    return dts;
}

} // namespace

TEST(DecodingTimes, WhatTheContainerSaysStays)
{
    DecodingTimes times;
    push(times, milliseconds(80), milliseconds(0));
    push(times, none, milliseconds(50));
    EXPECT_EQ((std::vector{0, 50}), taken(times));
}

TEST(DecodingTimes, TheFirstOnesAreFilledFromBehind)
{
    DecodingTimes times;
    push(times, milliseconds(80), none);
    push(times, milliseconds(200), none);
    EXPECT_TRUE(taken(times).empty());
    push(times, milliseconds(120), milliseconds(80));
    push(times, milliseconds(160), none);
    EXPECT_EQ((std::vector{0, 40, 80, 120}), taken(times));
}

TEST(DecodingTimes, WithNoneAtAllTheyComeFromTheTimesOfShowing)
{
    DecodingTimes times;
    for (const int pts : {0, 120, 40, 80})
        push(times, milliseconds(pts), none);
    EXPECT_TRUE(taken(times).empty());
    times.end();
    EXPECT_EQ((std::vector{-40, 0, 40, 80}), taken(times));
}

TEST(DecodingTimes, ItDoesNotWaitForEver)
{
    DecodingTimes times;
    for (int i = 0; i < 30; ++i)
        push(times, milliseconds(40 * i), none);
    EXPECT_EQ(30u, taken(times).size());
}
