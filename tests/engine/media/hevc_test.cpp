#include "media/hevc.h"

#include "engine/media/cases/hevc_sps_cases.h"
#include "engine/media/ffmpeg.h"
#include "engine/media/hex.h"
#include "media/h264.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace heliograph::hevc {

using test::hex;

TEST(Hevc, ReadsTheSpsThatX265Writes)
{
    for (const test::HevcSpsCase &item : test::hevcSpsCases()) {
        SCOPED_TRACE(item.name);
        const auto nal = hex(item.hex);
        const auto info = parseSps(nal);
        ASSERT_TRUE(info) << info.error().detail;
        EXPECT_EQ(item.width, info->width);
        EXPECT_EQ(item.height, info->height);
        EXPECT_EQ(item.chromaFormat, info->chromaFormat);
        EXPECT_EQ(item.depth, info->lumaDepth);
        EXPECT_EQ(item.depth, info->chromaDepth);
        EXPECT_EQ(item.profile, profileName(*info));
        EXPECT_EQ(1, info->temporalLayers);
        EXPECT_TRUE(info->temporalNesting);
        EXPECT_EQ(0, parameterSetId(nal));
    }
}

TEST(Hevc, TheSpsTellsHowManyPicturesAreReordered)
{
    for (const int between : {0, 3}) {
        const auto stream = test::outputOf(
            "ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=160x90 -t 1 -c:v libx265 "
            "-x265-params log-level=none:b-adapt=0:bframes="
            + std::to_string(between) + " -f hevc -");
        const auto nals = h264::splitAnnexB(stream);
        const auto sps = std::ranges::find(nals, NalType::Sps, typeOf);
        ASSERT_NE(nals.end(), sps);
        EXPECT_EQ(between > 0, parseSps(*sps)->reordered > 0) << between;
    }
}

TEST(Hevc, ASpsThatEndsTooEarlyIsMalformed)
{
    for (const test::HevcSpsCase &item : test::hevcSpsCases()) {
        const auto nal = hex(item.hex);
        for (std::size_t size = 0; size < 20; ++size) {
            const auto info = parseSps(ByteSpan(nal).first(size));
            ASSERT_FALSE(info) << item.name << ' ' << size;
            EXPECT_EQ(ErrorCode::Malformed, info.error().code);
        }
    }
}

TEST(Hevc, KnowsWhatItsNalUnitsAre)
{
    EXPECT_EQ(NalType::Vps, typeOf(hex("4001")));
    EXPECT_EQ(NalType::Sps, typeOf(hex("4201")));
    EXPECT_EQ(NalType::Pps, typeOf(hex("4401")));
    EXPECT_TRUE(isRandomAccess(typeOf(hex("2801af")))); // IDR_N_LP
    EXPECT_TRUE(isRandomAccess(typeOf(hex("2a01af")))); // CRA
    EXPECT_FALSE(isRandomAccess(typeOf(hex("0201d0")))); // TRAIL_R
    EXPECT_TRUE(isSlice(typeOf(hex("0201d0"))));
    EXPECT_FALSE(isCarried(NalType::AccessUnitDelimiter));
    EXPECT_TRUE(isCarried(NalType::PrefixSei));
    EXPECT_FALSE(isCarried(typeOf(hex("62")))); // half a header
}

TEST(Hevc, ReadsTheIdsOfTheThreeKindsOfSets)
{
    EXPECT_EQ(3, parameterSetId(hex("40013c01"))); // u(4)
    EXPECT_EQ(1, parameterSetId(hex("440140"))); // ue(v): 010
    EXPECT_FALSE(parameterSetId(hex("4401008040"))); // 128
    EXPECT_FALSE(parameterSetId(hex("4e0105")));
    EXPECT_FALSE(parameterSetId(hex("4401")));
}

} // namespace heliograph::hevc
