#include "wire/rtp/packet_plan.h"

#include "engine/media/hex.h"
#include "engine/wire/units.h"
#include "wire/rtp/planner.h"

#include <gtest/gtest.h>
#include <numeric>

namespace heliograph::rtp {

using test::cutDatagrams;
using test::cutInterleaved;
using test::hex;
using test::nalOf;
using test::pictureOf;
using test::vectorOf;

namespace {

PacketPlan planOf(const AccessUnitPtr &unit, std::size_t maximum = 1400)
{
    PlannerConfig config;
    config.ssrc = 0xa1a2a3a4;
    config.firstSequence = 65535;
    config.timestampBase = 0x01020304;
    config.maximumPayload = maximum;
    return Planner(config).plan(unit);
}

void expectValidRuns(const Batch &batch)
{
    std::uint32_t offset = 0;
    for (const Batch::Run &run : batch.runs) {
        EXPECT_EQ(run.offset, offset);
        EXPECT_GT(run.length, 0U);
        EXPECT_LE(run.segmentSize, run.length);
        EXPECT_LE((run.length + run.segmentSize - 1) / run.segmentSize, 64U);
        EXPECT_LE(run.length, 65000U);
        offset += run.length;
    }
    EXPECT_EQ(offset, batch.block.size());
}

} // namespace

TEST(PacketPlan, DatagramsByteByByte)
{
    const auto batch = writeDatagrams(planOf(pictureOf({{0x67, 1, 2}, {0x65, 3}})));
    EXPECT_EQ(vectorOf(batch->block),
              hex("80 60 ffff 01020304 a1a2a3a4 67 01 02"
                  "80 e0 0000 01020304 a1a2a3a4 65 03"));
    EXPECT_EQ(batch->packets, 2U);
    EXPECT_EQ(batch->payloadBytes, 5U);
    EXPECT_TRUE(batch->keyframe);
}

TEST(PacketPlan, R7_InterleavedByteByByte)
{
    const auto batch = writeInterleaved(planOf(pictureOf({{0x67, 1, 2}, {0x41, 3}})), 4);
    EXPECT_EQ(vectorOf(batch->block),
              hex("24 04 000f 80 60 ffff 01020304 a1a2a3a4 67 01 02"
                  "24 04 000e 80 e0 0000 01020304 a1a2a3a4 41 03"));
    EXPECT_TRUE(batch->runs.empty());
    EXPECT_FALSE(batch->keyframe);
}

TEST(PacketPlan, C3_PayloadBytesCountNeitherHeadersNorFraming)
{
    const PacketPlan plan = planOf(pictureOf({nalOf(0x65, 5000)}));
    const auto batch = writeDatagrams(plan);
    std::size_t octets = 0;
    for (const ByteSpan packet : cutDatagrams(*batch))
        octets += parsePacket(packet)->payload.size();
    EXPECT_EQ(octets, 4999U + 4 * 2); // without its first byte; four fragments' headers
    EXPECT_EQ(batch->payloadBytes, octets);
    EXPECT_EQ(writeInterleaved(plan, 0)->payloadBytes, octets);
}

TEST(PacketPlan, BothFramingsHoldTheSamePackets)
{
    for (const std::size_t maximum : {64, 1188, 1400, 65000, 100000}) {
        const PacketPlan plan =
            planOf(pictureOf({nalOf(0x67, 25), nalOf(0x06, 60), nalOf(0x65, 200000)}), maximum);
        const auto datagrams = writeDatagrams(plan);
        const auto interleaved = writeInterleaved(plan, 2);
        const auto packets = cutDatagrams(*datagrams);
        const auto framed = cutInterleaved(*interleaved, 2);
        ASSERT_EQ(packets.size(), plan.packets.size());
        ASSERT_EQ(framed.size(), plan.packets.size());
        for (std::size_t i = 0; i < packets.size(); ++i)
            EXPECT_EQ(vectorOf(packets[i]), vectorOf(framed[i]));
    }
}

TEST(PacketPlan, RunsAreWhatTheKernelCanCut)
{
    for (const std::size_t size : {1, 100, 1400, 1401, 90000, 1000000}) {
        for (const std::size_t maximum : {64, 100, 1000, 1400, 8900, 65000}) {
            const auto batch = writeDatagrams(planOf(
                pictureOf({nalOf(0x67, 25), nalOf(0x68, 5), nalOf(0x65, size), nalOf(0x65, size)}),
                maximum));
            expectValidRuns(*batch);
            EXPECT_EQ(cutDatagrams(*batch).size(), batch->packets);
        }
    }
}

TEST(PacketPlan, RunsAreAsLongAsTheRulesAllow)
{
    // SPS and PPS make one, for the PPS is shorter; the IDR's 47 fragments, at most 32 in one, make
    // two.
    const auto batch = writeDatagrams(
        planOf(pictureOf({nalOf(0x67, 25), nalOf(0x68, 5), nalOf(0x65, 1 + 1398 * 46 + 100)})));
    ASSERT_EQ(batch->runs.size(), 3U);
    EXPECT_EQ(batch->runs[0].segmentSize, 37U);
    EXPECT_EQ(batch->runs[0].length, 37U + 17U);
    EXPECT_EQ(batch->runs[1].length, 32U * 1412U);
    EXPECT_EQ(batch->runs[2].length, 14U * 1412U + 114U);

    // Where packets are larger the bytes of an IP datagram end a run first.
    const auto large = writeDatagrams(planOf(pictureOf({nalOf(0x65, 1 + 8998 * 10)}), 9000));
    ASSERT_EQ(large->runs.size(), 2U);
    EXPECT_EQ(large->runs[0].length, 7U * 9012U);
    EXPECT_EQ(large->runs[1].length, 3U * 9012U);
}

TEST(PacketPlan, NothingPlannedIsAnEmptyBatch)
{
    const auto batch = writeDatagrams(planOf(pictureOf({})));
    EXPECT_EQ(batch->packets, 0U);
    EXPECT_TRUE(batch->block.empty());
    EXPECT_TRUE(batch->runs.empty());
}

TEST(PacketPlan, H5_InterleavedLengthFitsIn16Bits)
{
    const auto batch = writeInterleaved(planOf(pictureOf({nalOf(0x65, 300000)}), 1 << 20), 0);
    EXPECT_EQ(cutInterleaved(*batch, 0).size(), batch->packets);
    EXPECT_GT(batch->packets, 4U);
}

TEST(PacketPlan, TheBlockOutlivesThePlan)
{
    BatchPtr batch;
    {
        const PacketPlan plan = planOf(pictureOf({{0x41, 7}}));
        batch = writeDatagrams(plan);
    }
    EXPECT_EQ(batch->block[13], 7);
}

} // namespace heliograph::rtp
