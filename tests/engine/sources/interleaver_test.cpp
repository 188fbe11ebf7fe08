#include "sources/file/interleaver.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

Sample sample(TrackId track, int dts)
{
    return {track, {}, milliseconds(dts), milliseconds(dts), milliseconds(20)};
}

} // namespace

TEST(Interleaver, MergesBothTracksByTime)
{
    Interleaver interleaver(true);
    for (const int dts : {0, 40, 80})
        interleaver.push(sample(TrackId::Video, dts));
    EXPECT_FALSE(interleaver.pop()); // sound may come yet
    for (const int dts : {-20, 30, 90})
        interleaver.push(sample(TrackId::Audio, dts));
    interleaver.end();
    for (const int dts : {-20, 0, 30, 40, 80, 90})
        EXPECT_EQ(milliseconds(dts), interleaver.pop()->dts);
    EXPECT_FALSE(interleaver.pop());
}

TEST(Interleaver, WithoutSoundNothingIsWaitedFor)
{
    Interleaver interleaver(false);
    interleaver.push(sample(TrackId::Video, 0));
    EXPECT_TRUE(interleaver.pop());
}

TEST(Interleaver, ASilentTrackIsNotWaitedForLongerThanTwoSecondsOrManySamples)
{
    for (const int step : {100, 1}) {
        Interleaver interleaver(true);
        int pushed = 0;
        while (!interleaver.pop() && pushed < 1000)
            interleaver.push(sample(TrackId::Video, step * pushed++));
        EXPECT_EQ(step == 100 ? 22 : 501, pushed);
    }
}
