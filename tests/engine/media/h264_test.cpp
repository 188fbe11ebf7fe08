#include "media/h264.h"

#include "engine/media/cases/annex_b_cases.h"
#include "engine/media/hex.h"

#include <chrono>
#include <gtest/gtest.h>

namespace heliograph::h264 {

using test::hex;
using test::vectorOf;

TEST(AnnexB, H6_SplitsIntoUnitsWithoutStartCodesAndTrailingZeros)
{
    for (const test::AnnexBCase &item : test::annexBCases()) {
        SCOPED_TRACE(item.name);
        const std::vector<std::uint8_t> stream = hex(item.stream);
        const std::vector<ByteSpan> nals = splitAnnexB(stream);
        ASSERT_EQ(nals.size(), item.nals.size());
        for (std::size_t i = 0; i < nals.size(); ++i)
            EXPECT_EQ(vectorOf(nals[i]), hex(item.nals[i]));
    }
}

TEST(AnnexB, UnitsAreSpansIntoTheStream)
{
    const std::vector<std::uint8_t> stream = hex("00 00 01 67 42 00 00 01 68");
    const std::vector<ByteSpan> nals = splitAnnexB(stream);
    ASSERT_EQ(nals.size(), 2U);
    EXPECT_EQ(nals[0].data(), stream.data() + 3);
    EXPECT_EQ(nals[1].data(), stream.data() + 8);
}

// Streams that a search with a nested loop would take minutes for.
TEST(AnnexB, TakesLinearTimeOnHostileStreams)
{
    constexpr std::size_t size = 8 << 20;
    std::vector<std::uint8_t> startCodes(size);
    for (std::size_t i = 2; i < size; i += 3)
        startCodes[i] = 1;
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_TRUE(splitAnnexB(std::vector<std::uint8_t>(size, 0)).empty());
    EXPECT_TRUE(splitAnnexB(std::vector<std::uint8_t>(size, 1)).empty());
    EXPECT_TRUE(splitAnnexB(startCodes).empty());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(100));
}

TEST(NalType, H6_DelimitersFillerAndEndMarkersAreNotCarried)
{
    for (const NalType type : {NalType::AccessUnitDelimiter, NalType::Filler,
                               NalType::EndOfSequence, NalType::EndOfStream})
        EXPECT_FALSE(isCarried(type));
    for (const NalType type : {NalType::IdrSlice, NalType::NonIdrSlice, NalType::Sei, NalType::Sps,
                               NalType::Pps, NalType(14), NalType(20)})
        EXPECT_TRUE(isCarried(type));
}

TEST(NalType, IsTheLowFiveBits)
{
    EXPECT_EQ(typeOf(hex("67")), NalType::Sps);
    EXPECT_EQ(typeOf(hex("27 00")), NalType::Sps);
    EXPECT_EQ(typeOf(hex("e5")), NalType::IdrSlice);
    EXPECT_EQ(typeOf({}), NalType(0));
}

// Section 7.3.3: first_mb_in_slice and slice_type, Exp-Golomb codes from the second byte on.
TEST(Slice, AKindThatIsReorderedIsSeenInItsFirstBits)
{
    const auto isB = [](std::vector<std::uint8_t> nal) { return h264::isBSlice(nal); };
    EXPECT_TRUE(isB({0x01, 0b1'010'0000})); // 0, 1: B
    EXPECT_TRUE(isB({0x01, 0b1'00111'00})); // 0, 6: B, and so are all others of the picture
    EXPECT_FALSE(isB({0x41, 0b1'1'000000})); // 0, 0: P
    EXPECT_FALSE(isB({0x41, 0b1'00110'00})); // 0, 5: P
    EXPECT_FALSE(isB({0x65, 0b1'010'0000})); // an IDR slice
    EXPECT_FALSE(isB({0x01}));
    EXPECT_FALSE(isB({}));
}

TEST(ProfileName, IsTheNameOfAnnexA)
{
    EXPECT_EQ(profileName({66, 0xc0}), "Constrained Baseline");
    EXPECT_EQ(profileName({66, 0x80}), "Baseline");
    EXPECT_EQ(profileName({77, 0x40}), "Main");
    EXPECT_EQ(profileName({88, 0}), "Extended");
    EXPECT_EQ(profileName({100, 0}), "High");
    EXPECT_EQ(profileName({100, 0x08}), "Progressive High");
    EXPECT_EQ(profileName({100, 0x0c}), "Constrained High");
    EXPECT_EQ(profileName({110, 0x10}), "High 10 Intra");
    EXPECT_EQ(profileName({122, 0x10}), "High 4:2:2 Intra");
    EXPECT_EQ(profileName({244, 0x10}), "High 4:4:4 Intra");
    EXPECT_EQ(profileName({44, 0}), "CAVLC 4:4:4 Intra");
    EXPECT_EQ(profileName({118, 0}), "profile 118");
}

} // namespace heliograph::h264
