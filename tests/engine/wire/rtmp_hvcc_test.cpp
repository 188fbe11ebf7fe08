#include "wire/rtmp/hvcc.h"

#include "engine/media/hex.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace heliograph::rtmp {

using test::hex;

namespace {

// What FFmpeg wrote into an MP4 file, without the SEI.
const std::string head = "01 0160000000 900000000000 3c f000 fc fd f8 f8 0000 0f 03";
const std::string vps = "40010c01ffff01600000030090000003000003003c959809";
const std::string sps = "42010101600000030090000003000003003ca00a480f9c9265959a4932bc05a02000000300"
                        "200000030321";
const std::string pps = "4401c172b46240";
const std::string sets = "20 0001 0018" + vps + "21 0001 002b" + sps + "22 0001 0007" + pps;

Bytes bytes(const std::string &text)
{
    return Bytes(hex(text));
}

bool isEqual(const Bytes &a, const std::string &b)
{
    return std::ranges::equal(a.span(), hex(b));
}

} // namespace

TEST(Hvcc, ReadsTheSetsAndLeavesTheRestOut)
{
    const std::string withSei =
        "01 0160000000 900000000000 3c f000 fc fd f8 f8 0000 0e 04" + sets + "27 0001 0003 4e0105";
    const auto record = parseHvcRecord(bytes(withSei));
    ASSERT_TRUE(record) << record.error().detail;
    EXPECT_EQ(3, record->lengthSize);
    ASSERT_EQ(3U, record->sets.size());
    EXPECT_TRUE(isEqual(record->sets[0], vps));
    EXPECT_TRUE(isEqual(record->sets[1], sps));
    EXPECT_TRUE(isEqual(record->sets[2], pps));
}

TEST(Hvcc, WritesWhatFfmpegWrites)
{
    HevcConfig config;
    config.vps = bytes(vps);
    config.sps = bytes(sps);
    config.pps = bytes(pps);
    config.info = hevc::parseSps(config.sps).value();
    auto written = writeHvcRecord(config);
    for (const std::size_t at : {23U, 52U, 100U}) // complete or not: FFmpeg does not say
        written.at(at) &= 0x7f;
    EXPECT_EQ(hex(head + sets), written);
}

TEST(Hvcc, BrokenRecordsAreToldAbout)
{
    const std::string whole = head + sets;
    const std::size_t size = hex(whole).size();
    for (std::size_t end = 0; end < size; ++end)
        EXPECT_FALSE(parseHvcRecord(bytes(whole).slice(0, end))) << end;
    EXPECT_FALSE(parseHvcRecord(bytes("02" + whole.substr(2))));
    const std::string twice = "20 0001 0018" + vps;
    EXPECT_FALSE(parseHvcRecord(bytes(head + twice + twice + twice)));
}

} // namespace heliograph::rtmp
