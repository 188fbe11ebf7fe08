#include "sources/file/timeline.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

Sample sample(int dts, int duration, TrackId track = TrackId::Video, int ptsLater = 0)
{
    return {track, {}, milliseconds(dts + ptsLater), milliseconds(dts), milliseconds(duration)};
}

// When the pictures and the sound of a round are first shown.
Timeline::Starts starts(int pictures, std::optional<int> sound = {})
{
    return {milliseconds(pictures),
            sound ? std::optional<Timestamp>(milliseconds(*sound)) : std::nullopt};
}

milliseconds dtsOf(const Sample &sample)
{
    return std::chrono::duration_cast<milliseconds>(sample.dts);
}

} // namespace

TEST(Timeline, ARoundFollowsWhereTheLastOneEnded)
{
    Timeline timeline(Timeline::Clock::Steady);
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 4; ++i) {
            const Sample placed = timeline.place(sample(1000 + 40 * i, 40, TrackId::Video, 80));
            EXPECT_EQ(milliseconds(1000 + 160 * round + 40 * i), dtsOf(placed));
            EXPECT_EQ(milliseconds(80), placed.pts - placed.dts);
        }
        timeline.nextRound(starts(1080), Timeline::Clock::Steady);
    }
}

TEST(Timeline, TheLongerTrackSaysHowLongARoundIsAndTheirDistanceRemains)
{
    Timeline timeline(Timeline::Clock::Steady);
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(milliseconds(70 * round), dtsOf(timeline.place(sample(0, 40))));
        EXPECT_EQ(milliseconds(70 * round + 5),
                  dtsOf(timeline.place(sample(5, 70, TrackId::Audio))));
        timeline.nextRound(starts(0, 5), Timeline::Clock::Steady);
    }
}

TEST(Timeline, TimesThatDoNotRiseAreMadeTo)
{
    Timeline timeline(Timeline::Clock::Steady);
    Timestamp last = timeline.place(sample(100, 40)).dts;
    for (const int dts : {100, 90, 0, 101}) {
        const Sample placed = timeline.place(sample(dts, 40, TrackId::Video, -20));
        EXPECT_GT(placed.dts, last);
        EXPECT_GE(placed.pts, placed.dts);
        last = placed.dts;
    }
}

TEST(Timeline, AJumpOfATransportStreamIsClosedUp)
{
    for (const int jump : {-5000, 26 * 3600 * 1000}) {
        Timeline timeline(Timeline::Clock::MayJump);
        timeline.place(sample(10000, 40));
        EXPECT_EQ(milliseconds(10040), dtsOf(timeline.place(sample(10040 + jump, 40))));
        EXPECT_EQ(milliseconds(10080), dtsOf(timeline.place(sample(10080 + jump, 40))));
        timeline.nextRound(starts(10000), Timeline::Clock::MayJump);
        EXPECT_EQ(milliseconds(10120), dtsOf(timeline.place(sample(10000, 40))));
    }
}

TEST(Timeline, ALongStillIsNoJumpElsewhere)
{
    Timeline timeline(Timeline::Clock::Steady);
    timeline.place(sample(0, 40));
    EXPECT_EQ(milliseconds(20000), dtsOf(timeline.place(sample(20000, 40))));
}

TEST(Timeline, AnotherFileFollowsWhereTheLongerTrackOfTheOneBeforeEnded)
{
    Timeline timeline(Timeline::Clock::Steady);
    timeline.place(sample(0, 40));
    timeline.place(sample(0, 100, TrackId::Audio));
    timeline.nextRound(starts(7000), Timeline::Clock::Steady); // pictures alone
    EXPECT_EQ(milliseconds(100), dtsOf(timeline.place(sample(7000, 40))));
    timeline.nextRound(starts(500, 480), Timeline::Clock::Steady);
    EXPECT_EQ(milliseconds(140), dtsOf(timeline.place(sample(500, 40))));
    EXPECT_EQ(milliseconds(120), dtsOf(timeline.place(sample(480, 20, TrackId::Audio))));
}

TEST(Timeline, OnesOfOtherReorderingFollowAsTheyAreShown)
{
    Timeline timeline(Timeline::Clock::Steady);
    EXPECT_EQ(milliseconds(80), timeline.place(sample(0, 40, TrackId::Video, 80)).pts);
    timeline.nextRound(starts(0), Timeline::Clock::Steady);
    EXPECT_EQ(milliseconds(120), timeline.place(sample(0, 40)).pts);
}
