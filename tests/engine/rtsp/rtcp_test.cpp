// Sender reports out, receiver reports in (RFC 3550 section 6).
#include "support/av_receiver.h"
#include "support/h264_feed.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"
#include "wire/rtp/rtp_packet.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace heliograph;
using test::RtspPlayer;

namespace {

template <class T>
const T *findReport(const std::vector<rtcp::Report> &reports)
{
    for (const rtcp::Report &report : reports)
        if (const T *found = std::get_if<T>(&report))
            return found;
    return nullptr;
}

class Rtcp : public testing::TestWithParam<RtspPlayer::Over> {
protected:
    Rtcp() { m_studio.addPattern("cam", {{"tone", std::int64_t(440)}}); }
    test::TestStudio m_studio;
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Over, Rtcp, testing::Values(RtspPlayer::Over::Tcp, RtspPlayer::Over::Udp));

TEST_P(Rtcp, C1_EveryTrackHasASenderReportAtOnceWithOneCnameAndAnotherWithinFiveSeconds)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    const auto video = player.nextReports(1);
    const auto audio = player.nextReports(3);
    ASSERT_TRUE(findReport<rtcp::SenderReport>(video));
    ASSERT_TRUE(findReport<rtcp::SenderReport>(audio));
    ASSERT_TRUE(findReport<rtcp::SourceDescription>(video));
    EXPECT_EQ(findReport<rtcp::SourceDescription>(video)->cname,
              findReport<rtcp::SourceDescription>(audio)->cname);
    const auto later = player.nextReports(1);
    const auto *second = findReport<rtcp::SenderReport>(later);
    ASSERT_TRUE(second);
    EXPECT_GT(second->packets, 0u);
    EXPECT_GT(second->octets, 0u);
    const auto interval =
        rtcp::fromNtp(second->ntp) - rtcp::fromNtp(findReport<rtcp::SenderReport>(video)->ntp);
    EXPECT_LE(interval, std::chrono::milliseconds(6500));
}

// What is seen and heard at one instant has one wall time at the receiver. Flash and beep are made
// by capture times, so that it does not matter when things arrive. A busy computer may lose the
// first picture of a flash, but what the reports tell holds for all of them: the nearest counts.
TEST_P(Rtcp, C2_C10_BothTracksTellTheSameWallTimeForTheSameInstant)
{
    m_studio.addPattern(
        "av",
        {{"pattern", std::string("flash")}, {"overlay", false}, {"size", std::string("320x240")}});
    RtspPlayer player(m_studio.url("av"));
    player.play(GetParam());
    test::AvReceiver receiver(player.sdp(), TrackId::Audio);
    test::Received received;
    for (const int channel : {1, 3})
        receiver.take(channel, player.nextPacket(channel), &received);
    while (received.pictures.size() < 100) {
        receiver.take(0, player.nextPacket(0), &received);
        while (const auto sound = player.tryPacket(2, std::chrono::milliseconds(0)))
            receiver.take(2, *sound, &received);
    }
    const auto offsets = test::offsetsIn(received);
    ASSERT_GE(offsets.size(), 2u);
    const double nearest =
        *std::ranges::min_element(offsets, {}, [](double offset) { return std::abs(offset); });
    std::printf("the beep comes %.1f ms after the flash\n", nearest);
    EXPECT_NEAR(0, nearest, 20);
}

TEST_P(Rtcp, C5_ReceiverReportsBecomeLossJitterAndRoundTrip)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    const auto reports = player.nextReports(1);
    const auto *sent = findReport<rtcp::SenderReport>(reports);
    rtcp::ReceiverReport report;
    report.ssrc = 7;
    rtcp::ReportBlock block;
    block.ssrc = sent->ssrc;
    block.fractionLost = 64;
    block.jitter = 900;
    block.lastSenderReport = rtcp::middle32(sent->ntp);
    report.blocks = {block, {.ssrc = 1234, .fractionLost = 255}};
    player.sendRtcp(rtcp::writeReceiverReport(report, "player"), 1);
    const auto snapshot = m_studio.waitFor([](const Snapshot &s) {
        return s.viewers.size() == 1 && s.viewers[0].lossPercent.has_value();
    });
    const ViewerSnapshot &viewer = snapshot->viewers[0];
    EXPECT_DOUBLE_EQ(25, *viewer.lossPercent);
    EXPECT_DOUBLE_EQ(10, *viewer.jitterMs);
    EXPECT_TRUE(viewer.rttMs.has_value());
}

TEST_P(Rtcp, C6_AByeFromTheViewerEndsItsSession)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    m_studio.waitFor([](const Snapshot &s) { return s.viewers.size() == 1; });
    rtcp::SenderReport last;
    last.ssrc = 7;
    player.sendRtcp(rtcp::writeBye(last, "player", "bye"), 1);
    m_studio.waitFor([](const Snapshot &s) { return s.viewers.empty(); });
}

TEST_P(Rtcp, C3_TheReportCountsWhatThisViewerWasSent)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    const auto first = player.nextReports(1);
    EXPECT_EQ(0u, findReport<rtcp::SenderReport>(first)->packets); // told before the first packet
    std::uint32_t packets = 0;
    std::uint32_t octets = 0;
    std::optional<std::vector<rtcp::Report>> second;
    while (!second) {
        const auto bytes = player.nextPacket(0);
        packets += 1;
        octets += std::uint32_t(rtp::parsePacket(bytes)->payload.size());
        if (const auto report = player.tryPacket(1, std::chrono::milliseconds(0)))
            second = rtcp::parseCompound(*report).value();
    }
    const auto *report = findReport<rtcp::SenderReport>(*second);
    // Over UDP packets and reports come on two sockets: a picture may be in between.
    EXPECT_NEAR(packets, report->packets, 60);
    EXPECT_NEAR(octets, report->octets, 60 * 1400);
    EXPECT_GT(report->packets, 60u);
}

TEST_P(Rtcp, C7_C9_ReportsAreTakenFromTheViewerOnlyAndHaveAChannelOfTheirOwn)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    const auto reports = player.nextReports(1); // C9: the odd one, nobody negotiated rtcp-mux
    rtcp::ReceiverReport report;
    report.ssrc = 7;
    report.blocks = {{.ssrc = findReport<rtcp::SenderReport>(reports)->ssrc, .fractionLost = 128}};
    RtspPlayer stranger(m_studio.url("cam"));
    stranger.play(GetParam());
    stranger.sendRtcp(rtcp::writeReceiverReport(report, "stranger"), 1);
    m_studio.waitFor([](const Snapshot &s) {
        return s.viewers.size() == 2
            && (s.viewers[0].lossPercent.has_value() || s.viewers[1].lossPercent.has_value());
    });
    const auto snapshot = m_studio.freshSnapshot();
    EXPECT_NE(snapshot->viewers[0].lossPercent.has_value(),
              snapshot->viewers[1].lossPercent.has_value()); // its own row, not the other's
}

TEST_P(Rtcp, C5_RubbishIsIgnored)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    for (const std::vector<std::uint8_t> &rubbish :
         {std::vector<std::uint8_t>{0x80}, std::vector<std::uint8_t>{0x80, 0xc9, 0xff, 0xff},
          std::vector<std::uint8_t>(100, 0xff)})
        player.sendRtcp(rubbish, 1);
    for (int i = 0; i < 30; ++i)
        player.nextPicture();
    EXPECT_EQ(200, player.request("GET_PARAMETER").status);
}

TEST(RtcpFeedback, C8_APictureLossIndicationBringsAKeyframeAndManyBringNoMore)
{
    test::TestStudio studio;
    studio.addPattern("cam", {{"gop", 10.0}});
    RtspPlayer player(studio.url("cam"));
    player.play(RtspPlayer::Over::Udp);
    const auto reports = player.nextReports(1);
    const std::uint32_t ssrc = findReport<rtcp::SenderReport>(reports)->ssrc;
    // RFC 4585 section 6.3.1, behind an empty receiver report.
    std::vector<std::uint8_t> pli = {0x80, 0xc9, 0, 1, 0, 0, 0, 7, 0x81, 0xce, 0, 2, 0, 0, 0, 7};
    for (int shift = 24; shift >= 0; shift -= 8)
        pli.push_back(std::uint8_t(ssrc >> shift));
    for (int i = 0; i < 20; ++i) // past what a joiner's keyframe covers
        player.nextPicture();
    const std::uint64_t before = studio.freshSnapshot()->streams.at(0).forcedKeyframes;
    for (int i = 0; i < 20; ++i)
        player.sendRtcp(pli, 1);
    bool keyframe = false;
    for (int i = 0; i < 60 && !keyframe; ++i)
        keyframe = player.nextPicture().keyframe;
    EXPECT_TRUE(keyframe); // ten seconds early
    const auto snapshot =
        studio.waitFor([&](const Snapshot &s) { return s.streams.at(0).forcedKeyframes > before; });
    EXPECT_LE(snapshot->streams.at(0).forcedKeyframes, before + 2);
}

// A source that stands still: its viewers still learn the time.
TEST_P(Rtcp, C4_ReportsGoOnWhileNothingIsSent)
{
    const auto feed = m_studio.openFeed("still");
    ASSERT_TRUE(
        feed->push({test::idrPicture(500), std::chrono::steady_clock::now().time_since_epoch()}));
    m_studio.waitFor([](const Snapshot &s) { return s.streams.size() == 2 && s.streams[1].ready; });
    RtspPlayer player(m_studio.url("still"));
    player.play(GetParam());
    player.nextPicture();
    player.nextReports(1);
    const auto later = player.nextReports(1); // five seconds on, and no picture in between
    EXPECT_EQ(0u + findReport<rtcp::SenderReport>(later)->packets, 3u);
    EXPECT_FALSE(player.tryPacket(0, std::chrono::milliseconds(0)));
}
