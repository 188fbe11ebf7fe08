#include "sources/rtmp/publisher_clock.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr Timestamp start = std::chrono::hours(1);

// Places a message, and says how long after `start` that is.
class Timed {
public:
    milliseconds at(std::uint32_t time, milliseconds arrived, TrackId track = TrackId::Video)
    {
        return std::chrono::floor<milliseconds>(m_clock.place(track, time, 0, start + arrived)
                                                - start);
    }
    void begin() { m_clock.begin(); }

private:
    PublisherClock m_clock;
};

} // namespace

TEST(PublisherClock, BeginsAnywhereAndRunsOverWithoutAJump)
{
    for (const std::uint32_t first : {0u, 0xFFFFFFu - 5000, 0u - 5000, 0x7FFFFFFFu - 5000}) {
        Timed clock;
        for (int ms = 0; ms < 20000; ms += 40) {
            const milliseconds arrived(ms + ms % 70); // a new anchor would show
            EXPECT_EQ(milliseconds(ms), clock.at(first + std::uint32_t(ms), arrived));
            EXPECT_EQ(milliseconds(ms + 10),
                      clock.at(first + std::uint32_t(ms) + 10, arrived, TrackId::Audio));
        }
    }
}

TEST(PublisherClock, TheFirstArrivalAnchorsAndLaterOnesDoNotMatter)
{
    Timed clock;
    EXPECT_EQ(milliseconds(0), clock.at(700, milliseconds(0)));
    EXPECT_EQ(milliseconds(40), clock.at(740, milliseconds(300)));
    EXPECT_EQ(milliseconds(80), clock.at(780, milliseconds(301)));
    EXPECT_EQ(milliseconds(60), clock.at(760, milliseconds(320), TrackId::Audio));
}

TEST(PublisherClock, ATrackNeverGoesBack)
{
    PublisherClock clock;
    Timestamp last = clock.place(TrackId::Video, 1000, 0, start);
    for (const std::uint32_t time : {1000u, 990u, 400u, 1000u}) {
        const Timestamp now = clock.place(TrackId::Video, time, 0, start + milliseconds(1));
        EXPECT_GT(now, last);
        EXPECT_LT(now, start + milliseconds(2));
        last = now;
    }
    EXPECT_EQ(start + milliseconds(40), clock.place(TrackId::Video, 1040, 0, start));
}

TEST(PublisherClock, AJumpIsAnchoredAtItsArrivalForBothTracks)
{
    for (const std::uint32_t first : {3600000u, 5000000u}) { // from 4000000: back, and ahead
        Timed clock;
        for (int ms = 0; ms <= 1000; ms += 40) {
            clock.at(4000000u + std::uint32_t(ms), milliseconds(ms));
            clock.at(4000000u + std::uint32_t(ms), milliseconds(ms), TrackId::Audio);
        }
        EXPECT_EQ(milliseconds(1040), clock.at(first, milliseconds(1040)));
        EXPECT_EQ(milliseconds(1050), clock.at(first + 10, milliseconds(1045), TrackId::Audio));
        EXPECT_EQ(milliseconds(1080), clock.at(first + 40, milliseconds(1085)));
    }
}

TEST(PublisherClock, AMessageFromBeforeTheJumpDoesNotLeadAstray)
{
    Timed clock;
    clock.at(4000000, milliseconds(0));
    clock.at(4000000, milliseconds(0), TrackId::Audio);
    clock.at(0, milliseconds(40));
    clock.at(4000045, milliseconds(45), TrackId::Audio);
    EXPECT_EQ(milliseconds(80), clock.at(40, milliseconds(80)));
    EXPECT_EQ(milliseconds(90), clock.at(50, milliseconds(85), TrackId::Audio));
}

TEST(PublisherClock, TracksThatAreFarApartStaySo)
{
    Timed clock;
    clock.at(10000, milliseconds(0));
    clock.at(8500, milliseconds(0), TrackId::Audio);
    for (int ms = 40; ms < 10000; ms += 40) {
        const auto shown = clock.at(10000u + std::uint32_t(ms), milliseconds(ms));
        const auto heard = clock.at(8500u + std::uint32_t(ms), milliseconds(ms), TrackId::Audio);
        EXPECT_EQ(milliseconds(1500), shown - heard);
        EXPECT_LE(shown, milliseconds(ms + 2000));
    }
}

TEST(PublisherClock, AFasterClockIsHeldTwoSecondsAheadWithoutASeam)
{
    Timed clock;
    milliseconds last = clock.at(0, milliseconds(0));
    for (int ms = 40; ms < 600000; ms += 40) { // it gains 1 % for ten minutes: 6 s
        const auto now = clock.at(std::uint32_t(ms) + std::uint32_t(ms / 100), milliseconds(ms));
        EXPECT_GE(now - last, milliseconds(39));
        EXPECT_LE(now - last, milliseconds(42));
        EXPECT_LE(now, milliseconds(ms + 2000));
        last = now;
    }
}

TEST(PublisherClock, AnotherPublisherGoesOnAboveTheLast)
{
    Timed clock;
    clock.at(1000, milliseconds(0));
    clock.at(2500, milliseconds(0), TrackId::Audio); // ahead of its arrival
    clock.begin();
    EXPECT_EQ(milliseconds(1500), clock.at(0, milliseconds(1000)));
    clock.begin();
    EXPECT_EQ(milliseconds(9000), clock.at(77, milliseconds(9000)));
}
