#include "files.h"

using namespace heliograph;
using std::chrono::milliseconds;
using test::WoundClock;

namespace {

constexpr Timestamp none{0};

}

TEST(Pacer, TheFirstIsDueAtOnceAndTheOthersAtTheirDistance)
{
    WoundClock clock;
    Pacer pacer = test::pacerOf(clock);
    const Timestamp start = clock.now();
    EXPECT_TRUE(pacer.waitUntil(milliseconds(5000), none, {}));
    EXPECT_EQ(start, clock.now());
    EXPECT_EQ(start, pacer.toSteady(milliseconds(5000)));
    EXPECT_TRUE(pacer.waitUntil(milliseconds(6500), none, {}));
    EXPECT_EQ(start + milliseconds(1500), clock.now());
    EXPECT_EQ(clock.wallNow(), pacer.toWall(milliseconds(6500)));
}

TEST(Pacer, ALittleLateCatchesUpAndMoreThanASecondLateGoesOnFromNow)
{
    WoundClock clock;
    Pacer pacer = test::pacerOf(clock);
    const Timestamp start = clock.now();
    pacer.waitUntil(milliseconds(0), none, {});
    clock.advance(milliseconds(900));
    pacer.waitUntil(milliseconds(40), none, {});
    EXPECT_EQ(start + milliseconds(40), pacer.toSteady(milliseconds(40)));
    clock.advance(milliseconds(5000));
    const Timestamp now = clock.now();
    pacer.waitUntil(milliseconds(80), none, {});
    EXPECT_EQ(now, pacer.toSteady(milliseconds(80)));
    pacer.waitUntil(milliseconds(120), none, {});
    EXPECT_EQ(now + milliseconds(40), clock.now());
}

TEST(Pacer, NapsAreShort)
{
    WoundClock clock;
    int naps = 0;
    Pacer pacer(clock, [&](milliseconds time, const std::stop_token &) {
        EXPECT_LE(time, milliseconds(200));
        clock.advance(time);
        ++naps;
    });
    pacer.waitUntil(milliseconds(0), none, {});
    pacer.waitUntil(milliseconds(10000), none, {});
    EXPECT_EQ(50, naps);
}

TEST(Pacer, SlackLetsOneNapServeSeveral)
{
    WoundClock clock;
    std::vector<Timestamp> naps;
    Pacer pacer(clock, [&](milliseconds time, const std::stop_token &) {
        clock.advance(time);
        naps.push_back(time);
    });
    for (int ms = 0; ms <= 280; ms += 40) // 40 waits up to 140, 160 up to 260, 280 up to 380
        pacer.waitUntil(milliseconds(ms), milliseconds(100), {});
    EXPECT_EQ((std::vector<Timestamp>{milliseconds(140), milliseconds(120), milliseconds(120)}),
              naps);
}
