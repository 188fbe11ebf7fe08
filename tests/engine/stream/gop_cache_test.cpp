#include "stream/gop_cache.h"

#include "units.h"

#include <gtest/gtest.h>

using namespace heliograph;
using test::unit;

TEST(GopCache, HoldsEverythingSinceTheLastKeyframe)
{
    GopCache cache;
    cache.push(unit(0, false));
    EXPECT_TRUE(cache.units().empty());
    cache.push(unit(33, true));
    cache.push(unit(40, true, 5, TrackId::Audio));
    cache.push(unit(66, false));
    EXPECT_EQ(3u, cache.units().size());
    cache.push(unit(99, true));
    EXPECT_EQ(1u, cache.units().size());
}

TEST(GopCache, AGopPastABoundIsNotKeptUntilTheNextKeyframe)
{
    for (const GopBounds bounds : {GopBounds{.bytes = 100}, GopBounds{.units = 3},
                                   GopBounds{.duration = std::chrono::milliseconds(90)}}) {
        GopCache cache(bounds);
        for (int i = 0; i < 20; ++i)
            cache.push(unit(33 * i, i == 0, 10));
        EXPECT_TRUE(cache.units().empty());
        cache.push(unit(700, true));
        EXPECT_EQ(1u, cache.units().size());
    }
}
