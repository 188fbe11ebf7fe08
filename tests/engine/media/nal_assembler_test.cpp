#include "media/nal_assembler.h"

#include "engine/media/hex.h"

#include <gtest/gtest.h>

using namespace heliograph;
using test::hex;

namespace {

// Picture parameter sets 0, 1 and another 0 beside one sequence parameter set.
const std::string sps0 = "6742c01ed900a02ff97011000003000100000300320f162e48";
const std::string pps0 = "68ce3c80";
const std::string pps1 = "684e3c80";
const std::string otherPps0 = "68ce3880";
const std::string idr = "6588840a";
const std::string slice = "419a2233";

template <class Assembler>
std::vector<std::string> assembled(Assembler &assembler, const std::vector<std::string> &nals)
{
    std::vector<std::uint8_t> stream;
    for (const std::string &nal : nals) {
        const auto bytes = hex("00000001" + nal);
        stream.insert(stream.end(), bytes.begin(), bytes.end());
    }
    typename Assembler::Picture picture;
    picture.annexB = Bytes(std::move(stream));
    const auto unit = assembler.assemble(picture);
    EXPECT_TRUE(unit) << unit.error().detail;
    std::vector<std::string> text;
    if (!unit || !*unit)
        return text;
    for (const Bytes &nal : (*unit)->units) {
        std::string digits;
        for (const std::uint8_t byte : nal.span()) {
            constexpr char names[] = "0123456789abcdef";
            digits += {names[byte >> 4], names[byte & 15]};
        }
        text.push_back(digits);
    }
    return text;
}

using Nals = std::vector<std::string>;

std::vector<Bytes> bytesOf(const Nals &nals)
{
    std::vector<Bytes> bytes;
    for (const std::string &nal : nals)
        bytes.emplace_back(hex(nal));
    return bytes;
}

} // namespace

TEST(H264Assembler, PutsTheSetsInFrontOfEveryIdrOnce)
{
    H264Assembler assembler;
    EXPECT_TRUE(assembled(assembler, {slice}).empty()); // nothing to decode it with
    EXPECT_TRUE(assembled(assembler, {sps0, pps0}).empty());
    EXPECT_EQ((Nals{sps0, pps0, idr}), assembled(assembler, {"09f0", idr}));
    EXPECT_EQ((Nals{slice}), assembled(assembler, {slice}));
    EXPECT_EQ((Nals{sps0, pps0, idr}), assembled(assembler, {sps0, pps0, idr}));
    EXPECT_EQ((Nals{slice}), assembled(assembler, {sps0, pps0, slice}));
}

TEST(H264Assembler, KeepsTheSetsOfEveryId)
{
    H264Assembler assembler;
    EXPECT_EQ((Nals{sps0, pps0, pps1, idr}), assembled(assembler, {sps0, pps0, pps1, idr}));
    EXPECT_EQ((Nals{sps0, pps0, pps1, idr}), assembled(assembler, {idr}));
    EXPECT_EQ((Nals{sps0, otherPps0, pps1, idr}), assembled(assembler, {otherPps0, idr}));
}

TEST(H264Assembler, ANewSetInTheMiddleIsPassedOnWithItsPicture)
{
    H264Assembler assembler;
    assembled(assembler, {sps0, pps0, idr});
    EXPECT_EQ((Nals{otherPps0, slice}), assembled(assembler, {otherPps0, slice}));
    EXPECT_EQ((Nals{slice}), assembled(assembler, {otherPps0, slice}));
    EXPECT_TRUE(assembled(assembler, {pps1}).empty());
    EXPECT_EQ((Nals{pps1, slice}), assembled(assembler, {slice}));
}

TEST(H264Assembler, TheTrackIsTheSameObjectUntilASetChanges)
{
    H264Assembler assembler;
    const auto trackOf = [&](const std::string &first) {
        H264Assembler::Picture picture;
        picture.annexB = Bytes(hex("00000001" + sps0 + "00000001" + first + "00000001" + idr));
        return (*assembler.assemble(picture))->config;
    };
    const auto first = trackOf(pps0);
    EXPECT_EQ(first, trackOf(pps0));
    const auto second = trackOf(pps1);
    EXPECT_NE(first, second);
    EXPECT_EQ(second, trackOf(pps0));
    EXPECT_EQ(1u, std::get<H264Config>(second->config).moreSets.size());
}

TEST(H264Assembler, ASetWithAnImpossibleIdIsMalformed)
{
    H264Assembler assembler;
    H264Assembler::Picture picture;
    picture.annexB = Bytes(hex("0000000168004040")); // 512
    const auto unit = assembler.assemble(picture);
    ASSERT_FALSE(unit);
    EXPECT_EQ(ErrorCode::Malformed, unit.error().code);
}

TEST(H264Assembler, NalUnitsThatAreApartAreSharedAndNotCopied)
{
    H264Assembler assembler;
    ASSERT_TRUE(assembler.replaceSets(bytesOf({sps0, pps0})));
    H264Assembler::Nals nals{bytesOf({"09f0", idr}), Timestamp(3), Timestamp(2), WallTime(1), {}};
    const auto unit = assembler.assemble(nals);
    ASSERT_TRUE(unit && *unit);
    ASSERT_EQ(3u, (*unit)->units.size());
    EXPECT_EQ(nals.units[1].data(), (*unit)->units[2].data());
    EXPECT_TRUE((*unit)->keyframe);
    EXPECT_EQ(Timestamp(3), (*unit)->pts);
    EXPECT_EQ(Timestamp(2), (*unit)->dts);
}

TEST(H264Assembler, SetsToldApartReplaceAllOthersAndGoInFrontOfTheNextPicture)
{
    H264Assembler assembler;
    assembled(assembler, {sps0, pps0, pps1, idr});
    ASSERT_TRUE(assembler.replaceSets(bytesOf({sps0, otherPps0})));
    EXPECT_EQ((Nals{sps0, otherPps0, slice}), assembled(assembler, {slice}));
    EXPECT_EQ((Nals{sps0, otherPps0, idr}), assembled(assembler, {idr}));
    EXPECT_FALSE(assembler.replaceSets(bytesOf({"68004040"})));
    EXPECT_TRUE(assembled(assembler, {slice}).empty()); // nothing is known any more
}

TEST(HevcAssembler, E3_PutsTheThreeKindsOfSetsInFrontOfEveryKeyframe)
{
    const std::string vps = "40010c01ffff01600000030090000003000003003c959809";
    const std::string sps =
        "42010101600000030090000003000003003ca00a480f9c9265959a4932bc05a02000000300200000030321";
    const std::string pps = "4401c172b46240";
    const std::string hevcIdr = "2801af1d20";
    const std::string trail = "0201d01157";
    HevcAssembler assembler;
    EXPECT_TRUE(assembled(assembler, {sps, pps, hevcIdr}).empty()); // the VPS is missing
    EXPECT_EQ((Nals{vps, sps, pps, hevcIdr}), assembled(assembler, {"460110", vps, hevcIdr}));
    EXPECT_EQ((Nals{trail}), assembled(assembler, {vps, sps, pps, trail}));
    HevcAssembler::Nals nals{bytesOf({hevcIdr}), {}, {}, {}, {}};
    const auto unit = assembler.assemble(nals).value();
    EXPECT_TRUE(unit->keyframe);
    EXPECT_EQ(322, unit->config->width());
    EXPECT_EQ("H.265 Main", unit->config->codecName());
    EXPECT_EQ(sps.size() / 2, std::get<HevcConfig>(unit->config->config).sps.size());
}
