#include "media/latency_sei.h"

#include "engine/media/hex.h"
#include "media/h264.h"

#include <gtest/gtest.h>
#include <limits>

namespace heliograph::latency_sei {

using test::hex;

TEST(LatencySei, HasOurUuidAndTheTimeInNanoseconds)
{
    EXPECT_EQ(make(WallTime(0x0102030405060708)),
              hex("06 05 18 68656c696f6772617068 6c6174656e63 0102030405060708 80"));
}

// Every stamp whose bytes would look like a start code must survive emulation prevention.
TEST(LatencySei, ReadsWhatItMakes)
{
    std::vector<std::int64_t> times = {0,
                                       1,
                                       -1,
                                       255,
                                       256,
                                       1'700'000'000'123'456'789,
                                       std::numeric_limits<std::int64_t>::max(),
                                       std::numeric_limits<std::int64_t>::min()};
    for (int shift = 0; shift < 64; ++shift) {
        for (const std::uint64_t pattern : {0x1ULL, 0x3ULL, 0x100ULL, 0x300ULL, 0x10001ULL})
            times.push_back(std::int64_t(pattern << shift));
    }
    for (const std::int64_t time : times) {
        const std::vector<std::uint8_t> nal = make(WallTime(time));
        EXPECT_EQ(read(nal), WallTime(time)) << time;
        for (std::size_t i = 0; i + 2 < nal.size(); ++i)
            EXPECT_FALSE(nal[i] == 0 && nal[i + 1] == 0 && nal[i + 2] < 3) << time;
    }
}

TEST(LatencySei, ReadsNothingElse)
{
    EXPECT_FALSE(read({}));
    EXPECT_FALSE(read(hex("67 42 c0 1e")));
    EXPECT_FALSE(read(h264::userDataSei(uuid, hex("01 02 03 04 05 06 07"))));
    EXPECT_FALSE(read(h264::userDataSei(uuid, hex("01 02 03 04 05 06 07 08 09"))));
    std::array<std::uint8_t, 16> other = uuid;
    other.back() ^= 1;
    EXPECT_FALSE(read(h264::userDataSei(other, hex("01 02 03 04 05 06 07 08"))));
}

} // namespace heliograph::latency_sei
