#include "wire/rtmp/avcc.h"

#include "engine/media/cases/sps_cases.h"
#include "engine/media/hex.h"
#include "engine/wire/cases/avcc_cases.h"

#include <gtest/gtest.h>
#include <map>

namespace heliograph::rtmp {

using test::hex;
using test::vectorOf;

namespace {

std::vector<std::vector<std::uint8_t>> octetsOf(const std::vector<Bytes> &units)
{
    std::vector<std::vector<std::uint8_t>> octets;
    for (const Bytes &unit : units)
        octets.push_back(vectorOf(unit));
    return octets;
}

std::vector<std::vector<std::uint8_t>> hexes(const std::vector<std::string> &texts)
{
    std::vector<std::vector<std::uint8_t>> octets;
    for (const std::string &text : texts)
        octets.push_back(hex(text));
    return octets;
}

H264Config configOf(std::string_view sps)
{
    H264Config config;
    config.sps = Bytes(hex(sps));
    config.pps = Bytes(hex("68ee3cb0"));
    config.info = *h264::parseSps(config.sps);
    return config;
}

} // namespace

TEST(RtmpAvcRecord, T14_ReadsEveryCase)
{
    for (const test::AvcRecordCase &item : test::avcRecordCases()) {
        SCOPED_TRACE(item.name);
        const auto record = parseAvcRecord(Bytes(hex(item.hex)));
        ASSERT_EQ(record.has_value(), item.sets.has_value());
        if (!record)
            continue;
        EXPECT_EQ(record->lengthSize, item.sets->lengthSize);
        EXPECT_EQ(octetsOf(record->sps), hexes(item.sets->sps));
        EXPECT_EQ(octetsOf(record->pps), hexes(item.sets->pps));
    }
}

TEST(RtmpAvcRecord, T14_ReadsWhatItWrites)
{
    for (const test::SpsCase &item : test::spsCases()) {
        const H264Config config = configOf(item.hex);
        const auto record = parseAvcRecord(Bytes(writeAvcRecord(config)));
        ASSERT_TRUE(record) << item.name;
        EXPECT_EQ(octetsOf(record->sps), hexes({item.hex}));
        EXPECT_EQ(octetsOf(record->pps), hexes({"68ee3cb0"}));
    }
}

// Chroma format and depths, as FFmpeg writes them for the same streams.
TEST(RtmpAvcRecord, T14_HighProfilesHaveTheExtension)
{
    const std::map<std::string, std::string> extensions = {
        {"hd720", "fd f8 f8 00"},
        {"high_422", "fe f8 f8 00"},
        {"high_422_10", "fe fa fa 00"},
        {"high_444", "ff f8 f8 00"},
        {"high_10", "fd fa fa 00"},
        {"monochrome", "fc f8 f8 00"},
        {"baseline", ""},
        {"main_854", ""},
    };
    for (const test::SpsCase &item : test::spsCases()) {
        const auto found = extensions.find(item.name);
        if (found == extensions.end())
            continue;
        const std::size_t sets = 5 + 3 + item.hex.size() / 2 + 3 + 4;
        const auto record = writeAvcRecord(configOf(item.hex));
        ASSERT_GE(record.size(), sets);
        EXPECT_EQ(vectorOf(ByteSpan(record).subspan(sets)), hex(found->second)) << item.name;
    }
}

TEST(RtmpAvcRecord, T14_HoldsAllSets)
{
    H264Config config = configOf("6764000aacd95ec044000003000400000300c83c489658");
    config.moreSets = {Bytes(hex("68aa")), Bytes(hex("6711")), Bytes(hex("68bb"))};
    const auto record = parseAvcRecord(Bytes(writeAvcRecord(config)));
    ASSERT_TRUE(record);
    EXPECT_EQ(octetsOf(record->sps),
              hexes({"6764000aacd95ec044000003000400000300c83c489658", "6711"}));
    EXPECT_EQ(octetsOf(record->pps), hexes({"68ee3cb0", "68aa", "68bb"}));
    config.moreSets.assign(40, Bytes(hex("6722")));
    EXPECT_EQ(parseAvcRecord(Bytes(writeAvcRecord(config)))->sps.size(), 31U);
}

TEST(RtmpNalUnits, T14_SplitsPrefixesOfEverySize)
{
    const auto units = hexes({"6588", "41"});
    EXPECT_EQ(octetsOf(*splitLengthPrefixed(Bytes(hex("02 6588 01 41")), 1)), units);
    EXPECT_EQ(octetsOf(*splitLengthPrefixed(Bytes(hex("0002 6588 0001 41")), 2)), units);
    EXPECT_EQ(octetsOf(*splitLengthPrefixed(Bytes(hex("00000002 6588 00000000 00000001 41")), 4)),
              units);
    EXPECT_TRUE(splitLengthPrefixed(Bytes(), 4)->empty());
}

TEST(RtmpNalUnits, LengthsPastTheEndAreRefused)
{
    for (const char *body : {"00000003 6588", "ffffffff 6588", "00000002 6588 000000"}) {
        const auto units = splitLengthPrefixed(Bytes(hex(body)), 4);
        ASSERT_FALSE(units) << body;
        EXPECT_EQ(units.error().code, ErrorCode::Malformed);
    }
}

TEST(RtmpNalUnits, T14_PartsPointToTheUnits)
{
    const std::vector<Bytes> units = {Bytes(hex("6588")), Bytes(hex("41"))};
    const auto head = hex("17 01 000000");
    const LengthPrefixed body(head, units);
    std::vector<std::uint8_t> all;
    for (const ByteSpan part : body.parts())
        all.insert(all.end(), part.begin(), part.end());
    EXPECT_EQ(all, hex("17 01 000000 00000002 6588 00000001 41"));
    EXPECT_EQ(body.size(), all.size());
    EXPECT_EQ(body.parts()[2].data(), units[0].data());
}

} // namespace heliograph::rtmp
