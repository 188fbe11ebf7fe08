// Pictures packed for viewers and unpacked again: made-up ones, and what this machine's x264
// writes.
#include "engine/media/ffmpeg.h"
#include "engine/media/hex.h"
#include "engine/wire/units.h"
#include "media/latency_sei.h"
#include "wire/rtp/h264_depacketizer.h"
#include "wire/rtp/planner.h"

#include <gtest/gtest.h>

namespace heliograph::rtp {

using test::Nals;
using test::vectorOf;

namespace {

// What a viewer gets out of one batch.
ReceivedUnit unpack(H264Depacketizer &depacketizer, const std::vector<ByteSpan> &packets)
{
    std::optional<ReceivedUnit> received;
    for (const ByteSpan bytes : packets) {
        const auto packet = parsePacket(bytes);
        EXPECT_TRUE(packet);
        const auto unit = depacketizer.push(*packet);
        EXPECT_TRUE(unit) << unit.error().detail;
        EXPECT_EQ(unit->has_value(), bytes.data() == packets.back().data());
        received = *unit;
    }
    return received.value_or(ReceivedUnit());
}

void expectRoundTrip(Planner &planner, H264Depacketizer &depacketizer, const Nals &nals,
                     bool interleaved)
{
    const auto unit = test::pictureOf(nals);
    const PacketPlan plan = planner.plan(unit);
    const auto batch = interleaved ? writeInterleaved(plan, 6) : writeDatagrams(plan);
    const auto packets = interleaved ? test::cutInterleaved(*batch, 6) : test::cutDatagrams(*batch);
    ASSERT_EQ(packets.size(), plan.packets.size());
    const ReceivedUnit received = unpack(depacketizer, packets);
    EXPECT_EQ(received.nals, nals);
    EXPECT_EQ(received.keyframe, unit->keyframe);
    EXPECT_EQ(received.timestamp, plan.timestamp);
    EXPECT_FALSE(received.damaged);
}

class LiveRoundTrip : public testing::TestWithParam<const char *> { };

} // namespace

TEST(H264RoundTrip, H4_NalUnitsOfEverySizeAroundThePacket)
{
    for (const std::size_t maximum : {64, 100, 1188}) {
        PlannerConfig config;
        config.firstSequence = 65000;
        config.maximumPayload = maximum;
        Planner planner(config);
        H264Depacketizer depacketizer;
        for (std::size_t size = 1; size < 4 * maximum; ++size)
            expectRoundTrip(planner, depacketizer, {test::nalOf(0x41, size)}, size % 2 == 0);
        EXPECT_EQ(depacketizer.lostPackets(), 0U);
    }
}

TEST(H264RoundTrip, LatencyStampArrives)
{
    PlannerConfig config;
    Planner planner(config);
    H264Depacketizer depacketizer;
    const auto stamp = latency_sei::make(WallTime(1'700'000'000'000'000'003));
    const PacketPlan plan = planner.plan(test::pictureOf({stamp, test::nalOf(0x41, 5000)}));
    const auto batch = writeDatagrams(plan);
    const ReceivedUnit received = unpack(depacketizer, test::cutDatagrams(*batch));
    ASSERT_EQ(received.nals.size(), 2U);
    EXPECT_EQ(latency_sei::read(received.nals[0]), WallTime(1'700'000'000'000'000'003));
}

// The F bit of a fragment, the sizes of slices and the order of parameter sets, as real ones are.
TEST_P(LiveRoundTrip, H4_H8_RealPicturesAtEveryPayloadSize)
{
    ASSERT_TRUE(test::haveFfmpeg()) << "./dev setup installs it";
    const auto stream = test::encodeH264("640x360", 50, GetParam());
    const auto pictures = test::cutPictures(stream);
    ASSERT_GE(pictures.size(), 50U);
    for (const std::size_t maximum : {64, 500, 1188, 1400, 8900, 65000}) {
        PlannerConfig config;
        config.maximumPayload = maximum;
        config.firstSequence = 65500;
        Planner planner(config);
        H264Depacketizer depacketizer;
        int keyframes = 0;
        for (const auto &picture : pictures) {
            Nals nals;
            for (const ByteSpan nal : picture) {
                if (h264::isCarried(h264::typeOf(nal)))
                    nals.push_back(vectorOf(nal));
            }
            expectRoundTrip(planner, depacketizer, nals, maximum == 1188);
            if (!test::pictureOf(nals)->keyframe)
                continue;
            ++keyframes;
            EXPECT_EQ(h264::typeOf(nals[0]), h264::NalType::Sps);
            EXPECT_EQ(h264::typeOf(nals[1]), h264::NalType::Pps);
        }
        EXPECT_GE(keyframes, 2);
    }
}

INSTANTIATE_TEST_SUITE_P(
    X264, LiveRoundTrip,
    testing::Values("-pix_fmt yuv420p -g 20", "-pix_fmt yuv420p -g 20 -tune zerolatency -threads 4",
                    "-pix_fmt yuv420p -g 20 -x264-params "
                    "slices=8:aud=1:nal-hrd=cbr:vbv-maxrate=3000:vbv-bufsize=300:bitrate=3000"));

} // namespace heliograph::rtp
