#include "media/h264.h"

#include "engine/media/bit_writer.h"
#include "engine/media/cases/sps_cases.h"
#include "engine/media/hex.h"
#include "media/emulation.h"

#include <gtest/gtest.h>

namespace heliograph::h264 {

using test::BitWriter;
using test::hex;

namespace {

constexpr std::uint8_t high444 = 244;

std::vector<std::uint8_t> toNal(BitWriter &writer)
{
    std::vector<std::uint8_t> nal = withEmulation(writer.finish());
    nal.insert(nal.begin(), 0x67);
    return nal;
}

BitWriter begin(std::uint8_t profile)
{
    BitWriter writer;
    writer.bits(8, profile).bits(8, 0).bits(8, 40).golomb(0);
    return writer;
}

// From log2_max_frame_num on: 80 by 45 macroblocks, cut by one crop unit at each side.
BitWriter &finishAs720(BitWriter &writer)
{
    writer.golomb(0).golomb(2); // frame numbers, picture order by 2
    writer.golomb(1).bits(1, 0).golomb(79).golomb(44); // references, gaps, size
    writer.bits(1, 1).bits(1, 1); // frames only, direct 8x8
    writer.bits(1, 1).golomb(1).golomb(1).golomb(1).golomb(1).bits(1, 0);
    return writer;
}

} // namespace

TEST(Sps, ReadsWhatX264Writes)
{
    for (const test::SpsCase &item : test::spsCases()) {
        SCOPED_TRACE(item.name);
        const std::vector<std::uint8_t> nal = hex(item.hex);
        const auto info = parseSps(nal);
        ASSERT_TRUE(info) << info.error().detail;
        EXPECT_EQ(info->width, item.width);
        EXPECT_EQ(info->height, item.height);
        EXPECT_EQ(info->level, item.level);
        EXPECT_EQ(profileName(*info), item.profile);
        EXPECT_EQ(info->profile, nal[1]);
        EXPECT_EQ(info->compatibility, nal[2]);
    }
}

// Cut off before the picture's size is known, it must say so; the size is in the first bytes.
TEST(Sps, SaysThatItIsTruncated)
{
    for (const test::SpsCase &item : test::spsCases()) {
        SCOPED_TRACE(item.name);
        const std::vector<std::uint8_t> nal = hex(item.hex);
        for (std::size_t size = 0; size < nal.size(); ++size) {
            const auto info = parseSps(ByteSpan(nal).first(size));
            if (info) {
                EXPECT_EQ(std::pair(info->width, info->height), std::pair(item.width, item.height));
            } else {
                EXPECT_EQ(info.error().code, ErrorCode::Malformed);
            }
            EXPECT_TRUE(size >= 6 || !info);
        }
    }
}

TEST(Sps, RefusesOtherNalUnits)
{
    EXPECT_FALSE(parseSps({}));
    EXPECT_FALSE(parseSps(hex("68ee3cb0")));
    EXPECT_FALSE(parseSps(hex("6f64001facd9405005bb011000000300100000030320f1831960")));
}

TEST(Sps, CropUnitsAreSamplesWherePlanesAreSeparateOrThereIsNoColour)
{
    BitWriter separate = begin(high444);
    separate.golomb(3).bits(1, 1).golomb(0).golomb(0).bits(1, 0).bits(1, 0);
    auto info = parseSps(toNal(finishAs720(separate)));
    ASSERT_TRUE(info);
    EXPECT_EQ(std::pair(info->width, info->height), std::pair(1278, 718));

    BitWriter gray = begin(high444);
    gray.golomb(0).golomb(0).golomb(0).bits(1, 0).bits(1, 0);
    info = parseSps(toNal(finishAs720(gray)));
    ASSERT_TRUE(info);
    EXPECT_EQ(std::pair(info->width, info->height), std::pair(1278, 718));

    BitWriter baseline = begin(66);
    info = parseSps(toNal(finishAs720(baseline)));
    ASSERT_TRUE(info);
    EXPECT_EQ(std::pair(info->width, info->height), std::pair(1276, 716));
}

TEST(Sps, StepsOverScalingLists)
{
    BitWriter writer = begin(high444);
    writer.golomb(3).bits(1, 0).golomb(0).golomb(0).bits(1, 0).bits(1, 1);
    for (int list = 0; list < 12; ++list) {
        if (list % 3 == 0) {
            writer.bits(1, 0); // falls back to another
            continue;
        }
        writer.bits(1, 1);
        if (list % 3 == 1) {
            writer.signedGolomb(-8); // a next scale of 0 ends the list: the default one
            continue;
        }
        for (int i = 0; i < (list < 6 ? 16 : 64); ++i)
            writer.signedGolomb(i % 2 == 0 ? 5 : -4);
    }
    const auto info = parseSps(toNal(finishAs720(writer)));
    ASSERT_TRUE(info);
    EXPECT_EQ(std::pair(info->width, info->height), std::pair(1278, 718));
}

TEST(Sps, StepsOverPictureOrderType1)
{
    BitWriter writer = begin(77);
    writer.golomb(0).golomb(1).bits(1, 0).signedGolomb(-3).signedGolomb(4).golomb(3);
    writer.signedGolomb(1).signedGolomb(-1).signedGolomb(100000);
    writer.golomb(1).bits(1, 0).golomb(39).golomb(29).bits(1, 1).bits(1, 1).bits(1, 0).bits(1, 0);
    const auto info = parseSps(toNal(writer));
    ASSERT_TRUE(info);
    EXPECT_EQ(std::pair(info->width, info->height), std::pair(640, 480));
}

// Zeros enough in front of the size that the escaped bytes are not the payload's.
TEST(Sps, RemovesEmulationBytesBeforeTheSize)
{
    int escaped = 0;
    for (int power = 16; power < 30; ++power) {
        BitWriter writer = begin(77);
        writer.golomb(0).golomb(1).bits(1, 0).signedGolomb(1 << power).signedGolomb(0).golomb(0);
        writer.golomb(1).bits(1, 0).golomb(39).golomb(29).bits(4, 0xc);
        const std::vector<std::uint8_t> plain = BitWriter(writer).finish();
        const std::vector<std::uint8_t> nal = toNal(writer);
        escaped += nal.size() > plain.size() + 1 ? 1 : 0;
        const auto info = parseSps(nal);
        ASSERT_TRUE(info) << power;
        EXPECT_EQ(std::pair(info->width, info->height), std::pair(640, 480)) << power;
    }
    EXPECT_GE(escaped, 3);
}

TEST(Sps, RefusesImpossibleSizes)
{
    const auto sized = [](std::uint32_t wide, std::uint32_t high, std::uint32_t crop) {
        BitWriter writer = begin(66);
        writer.golomb(0).golomb(2).golomb(1).bits(1, 0).golomb(wide).golomb(high);
        writer.bits(1, 1).bits(1, 1).bits(1, 1).golomb(0).golomb(crop).golomb(0).golomb(0);
        return parseSps(toNal(writer));
    };
    EXPECT_TRUE(sized(1023, 1023, 0)); // 16384
    EXPECT_FALSE(sized(1024, 10, 0));
    EXPECT_FALSE(sized(10, 1024, 0));
    EXPECT_FALSE(sized(0xfffffffe, 0xfffffffe, 0));
    EXPECT_TRUE(sized(9, 9, 79));
    EXPECT_FALSE(sized(9, 9, 80)); // nothing left
    EXPECT_FALSE(sized(9, 9, 0xfffffffe));
}

TEST(Sps, RefusesFieldsOutOfRange)
{
    BitWriter chroma = begin(high444);
    chroma.golomb(4).golomb(0).golomb(0).bits(1, 0).bits(1, 0);
    EXPECT_FALSE(parseSps(toNal(finishAs720(chroma))));

    BitWriter order = begin(66);
    order.golomb(0).golomb(3).golomb(1).bits(1, 0).golomb(9).golomb(9).bits(4, 0xc);
    EXPECT_FALSE(parseSps(toNal(order)));

    BitWriter cycle = begin(66);
    cycle.golomb(0).golomb(1).bits(1, 0).golomb(0).golomb(0).golomb(256);
    for (int i = 0; i < 300; ++i)
        cycle.golomb(0);
    EXPECT_FALSE(parseSps(toNal(cycle)));
}

} // namespace heliograph::h264
