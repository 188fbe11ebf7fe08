#include "media/opus.h"

#include <gtest/gtest.h>
#include <vector>

namespace heliograph::opus {

// RFC 6716 section 3.1.
TEST(Opus, TellsHowLongItsPacketsAre)
{
    using Bytes8 = std::vector<std::uint8_t>;
    const std::vector<std::pair<Bytes8, int>> cases = {
        {{0 << 3}, 480}, // SILK, 10 ms
        {{3 << 3}, 2880}, // 60 ms
        {{12 << 3}, 480}, // hybrid, 10 ms
        {{15 << 3}, 960}, // 20 ms
        {{16 << 3}, 120}, // CELT, 2.5 ms
        {{31 << 3, 1, 2}, 960},
        {{(31 << 3) | 4 | 1, 1, 2}, 1920}, // stereo, two frames
        {{(31 << 3) | 2, 1, 2}, 1920},
        {{(31 << 3) | 3, 6}, 5760}, // six of 20 ms: the longest
        {{(31 << 3) | 3, 7}, 0},
        {{(31 << 3) | 3}, 0}, // how many?
        {{(31 << 3) | 3, 0}, 0},
        {{}, 0},
    };
    for (const auto &[packet, samples] : cases)
        EXPECT_EQ(samples, samplesOf(packet)) << testing::PrintToString(packet);
}

} // namespace heliograph::opus
