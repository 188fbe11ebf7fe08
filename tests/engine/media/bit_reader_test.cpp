#include "media/bit_reader.h"

#include "engine/media/bit_writer.h"
#include "engine/media/hex.h"

#include <gtest/gtest.h>

namespace heliograph::h264 {

using test::BitWriter;
using test::hex;

TEST(BitReader, ReadsWhatWasWritten)
{
    const std::uint32_t values[] = {0, 1, 2, 6, 7, 255, 65535, 0x7ffffffe, 0x7fffffff, 0xfffffffe};
    BitWriter writer;
    for (const std::uint32_t value : values)
        writer.golomb(value).bits(32, value).bits(1, value & 1);
    for (const std::int32_t value : {0, 1, -1, 5, -5, 1 << 30, -(1 << 30)})
        writer.signedGolomb(value);
    const std::vector<std::uint8_t> bytes = writer.finish();

    BitReader reader(bytes);
    for (const std::uint32_t value : values) {
        EXPECT_EQ(reader.unsignedGolomb(), value);
        EXPECT_EQ(reader.bits(32), value);
        EXPECT_EQ(reader.flag(), (value & 1) != 0);
    }
    for (const std::int32_t value : {0, 1, -1, 5, -5, 1 << 30, -(1 << 30)})
        EXPECT_EQ(reader.signedGolomb(), value);
    EXPECT_FALSE(reader.failed());
}

TEST(BitReader, HasTheCodesOfTable9Dash2)
{
    const std::vector<std::uint8_t> bytes = hex("a6 42 98 e2 04"); // 1 010 011 00100 00101 00110 …
    BitReader reader(bytes);
    for (std::uint32_t value = 0; value < 7; ++value)
        EXPECT_EQ(reader.unsignedGolomb(), value);
}

TEST(BitReader, FailsPastTheEnd)
{
    const std::vector<std::uint8_t> bytes = hex("ff");
    BitReader reader(bytes);
    EXPECT_EQ(reader.bits(8), 0xffU);
    EXPECT_FALSE(reader.failed());
    EXPECT_FALSE(reader.flag());
    EXPECT_TRUE(reader.failed());
    EXPECT_EQ(reader.unsignedGolomb(), 0U);
}

TEST(BitReader, FailsAtCodesThatDoNotFit)
{
    const std::vector<std::uint8_t> bytes = hex("00 00 00 00 ff ff ff ff ff");
    BitReader reader(bytes);
    EXPECT_EQ(reader.unsignedGolomb(), 0U);
    EXPECT_TRUE(reader.failed());
}

} // namespace heliograph::h264
