#include "wire/rtp/rtcp.h"

#include "engine/media/hex.h"
#include "engine/wire/cases/rtcp_cases.h"

#include <gtest/gtest.h>

namespace heliograph::rtcp {

using namespace std::chrono_literals;
using test::hex;

namespace {

// 2026-11-21 03:20:53.25 UTC.
constexpr WallTime someday = 1795231253s + 250ms;

} // namespace

TEST(Rtcp, C5_C6_C8_ReadsEveryCase)
{
    for (const test::RtcpCase &item : test::rtcpCases()) {
        SCOPED_TRACE(item.name);
        const auto reports = parseCompound(hex(item.hex));
        ASSERT_EQ(reports.has_value(), item.reports.has_value());
        if (reports) {
            EXPECT_EQ(*reports, *item.reports);
        } else {
            EXPECT_EQ(reports.error().code, ErrorCode::Malformed);
        }
    }
}

TEST(Rtcp, C5_TruncationNeverReadsAnotherReport)
{
    for (const test::RtcpCase &item : test::rtcpCases()) {
        const std::vector<std::uint8_t> bytes = hex(item.hex);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const auto reports = parseCompound(ByteSpan(bytes).first(size));
            if (!reports || !item.reports)
                continue;
            ASSERT_LE(reports->size(), item.reports->size()) << item.name;
            for (std::size_t i = 0; i < reports->size(); ++i)
                EXPECT_EQ((*reports)[i], (*item.reports)[i]) << item.name;
        }
    }
}

TEST(Rtcp, ReadsSixtyFourReportsAtMost)
{
    std::vector<std::uint8_t> compound;
    for (int i = 0; i < 100; ++i) {
        const auto bye = hex("81 cb 0001 11111111");
        compound.insert(compound.end(), bye.begin(), bye.end());
    }
    EXPECT_EQ(parseCompound(compound)->size(), 64U);
}

TEST(Rtcp, C1_SenderReportIsACompoundWithTheName)
{
    const SenderReport report{0x0a0b0c0d, 0xe9d3a1b240000000, 90000, 100, 123456, {}};
    EXPECT_EQ(writeSenderReport(report, "hlio-1234"),
              hex("80 c8 0006 0a0b0c0d e9d3a1b2 40000000 00015f90 00000064 0001e240"
                  "81 ca 0004 0a0b0c0d 01 09 686c696f2d31323334 00"));
}

// A zero must end the items even where the text fills its word (section 6.5).
TEST(Rtcp, C1_NameEndsInAZero)
{
    EXPECT_EQ(writeReceiverReport({0x11111111, {}}, "ab"),
              hex("80 c9 0001 11111111 81 ca 0003 11111111 01 02 6162 00000000"));
    EXPECT_EQ(writeReceiverReport({0x11111111, {}}, "abc"),
              hex("80 c9 0001 11111111 81 ca 0003 11111111 01 03 616263 000000"));
}

TEST(Rtcp, C6_ByeFollowsAReport)
{
    const SenderReport last{0x0a0b0c0d, 0, 0, 0, 0, {}};
    EXPECT_EQ(writeBye(last, "abcde", "kicked"),
              hex("80 c8 0006 0a0b0c0d 00000000 00000000 00000000 00000000 00000000"
                  "81 ca 0003 0a0b0c0d 01 05 6162636465 00"
                  "81 cb 0003 0a0b0c0d 06 6b69636b6564 00"));
    const auto reports = parseCompound(writeBye(last, "abcde", "kicked"));
    ASSERT_TRUE(reports);
    ASSERT_EQ(reports->size(), 3U);
    EXPECT_EQ((*reports)[2], Report(Bye{{0x0a0b0c0d}, "kicked"}));
    EXPECT_EQ(parseCompound(writeBye(last, "a", ""))->back(), Report(Bye{{0x0a0b0c0d}, ""}));
}

TEST(Rtcp, ReadsWhatItWrites)
{
    const ReportBlock block{7, 255, -8388608, 0xffffffff, 1, 2, 3};
    for (const std::size_t blocks : {0, 1, 31}) {
        for (const std::size_t length : {0, 1, 2, 3, 4, 5, 254, 255}) {
            const std::string name(length, 'n');
            const SenderReport sender{9, 0x123456789abcdef0, 1, 2, 3, {blocks, block}};
            EXPECT_EQ(parseCompound(writeSenderReport(sender, name)),
                      (std::vector<Report>{sender, SourceDescription{9, name}}));
            const ReceiverReport receiver{9, {blocks, block}};
            EXPECT_EQ(parseCompound(writeReceiverReport(receiver, name)),
                      (std::vector<Report>{receiver, SourceDescription{9, name}}));
        }
    }
}

TEST(Rtcp, WritesNoMoreThanTheFieldsHold)
{
    const ReceiverReport report{9, {40, ReportBlock{7, 0, 99'999'999, 0, 0, 0, 0}}};
    const auto reports = parseCompound(writeReceiverReport(report, std::string(300, 'n')));
    ASSERT_TRUE(reports);
    const auto &read = std::get<ReceiverReport>((*reports)[0]);
    EXPECT_EQ(read.blocks.size(), 31U);
    EXPECT_EQ(read.blocks[0].cumulativeLost, 8388607);
    EXPECT_EQ(std::get<SourceDescription>((*reports)[1]).cname.size(), 255U);
}

TEST(Ntp, C2_IsSecondsSince1900)
{
    EXPECT_EQ(toNtp(0s), 2208988800ULL << 32);
    EXPECT_EQ(toNtp(someday), ((1795231253ULL + 2208988800ULL) << 32) | 0x40000000);
    EXPECT_EQ(middle32(toNtp(someday)),
              std::uint32_t(((1795231253ULL + 2208988800ULL) & 0xffff) << 16 | 0x4000));
    EXPECT_EQ(toNtp(2085978496s), 0U); // 2036: the upper half begins anew
}

TEST(Ntp, ComesBackToTheNanosecond)
{
    for (const WallTime wall : {WallTime(0s), someday, WallTime(someday + 1ns), WallTime(2s - 1ns),
                                WallTime(2085978495s + 999999999ns), WallTime(2085978496s),
                                WallTime(4000000000s + 123456789ns)})
        EXPECT_EQ(fromNtp(toNtp(wall)), wall) << wall.count();
    for (int i = 0; i < 1000; ++i)
        EXPECT_EQ(fromNtp(toNtp(WallTime(i * 999'983))), WallTime(i * 999'983));
}

TEST(RoundTrip, C5_IsWhatRemainsOfTheAnswer)
{
    ReportBlock block;
    block.lastSenderReport = middle32(toNtp(someday));
    block.delaySinceLast = 65536 / 2;
    const auto trip = roundTrip(block, someday + 750ms);
    ASSERT_TRUE(trip);
    EXPECT_NEAR(trip->count(), 250, 0.02);
    // The same over the wrap of the 16 bits of seconds.
    const WallTime late = 65535s + 900ms;
    block.lastSenderReport = middle32(toNtp(late));
    EXPECT_NEAR(roundTrip(block, late + 750ms)->count(), 250, 0.02);
}

TEST(RoundTrip, IsNothingWhenItMakesNoSense)
{
    ReportBlock block;
    EXPECT_FALSE(roundTrip(block, someday)); // answers no report
    block.lastSenderReport = middle32(toNtp(someday));
    block.delaySinceLast = 65536;
    EXPECT_FALSE(roundTrip(block, someday + 500ms)); // answered before it was sent
    EXPECT_EQ(roundTrip(block, someday + 995ms)->count(), 0); // the peer's rounding
    block.delaySinceLast = 0;
    EXPECT_FALSE(roundTrip(block, someday + 3h));
}

} // namespace heliograph::rtcp
