// Sender reports out, receiver reports in (RFC 3550 section 6).
#include "support/rtsp_player.h"
#include "support/test_studio.h"
#include "wire/rtp/rtp_packet.h"

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
    EXPECT_LE(interval, std::chrono::milliseconds(5500));
}

TEST_P(Rtcp, C2_C10_BothTracksTellTheSameWallTimeForTheSameInstant)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    const auto videoReports = player.nextReports(1);
    const auto audioReports = player.nextReports(3);
    const auto *video = findReport<rtcp::SenderReport>(videoReports);
    const auto *audio = findReport<rtcp::SenderReport>(audioReports);
    const auto videoBytes = player.nextPacket(0);
    const auto audioBytes = player.nextPacket(2);
    const auto wallOf = [](const rtcp::SenderReport &report, std::uint32_t rtpTime, int clock) {
        return std::chrono::duration<double>(rtcp::fromNtp(report.ntp)).count()
            + double(std::int32_t(rtpTime - report.rtpTime)) / clock;
    };
    const double picture = wallOf(*video, rtp::parsePacket(videoBytes)->header.timestamp, 90000);
    const double sound = wallOf(*audio, rtp::parsePacket(audioBytes)->header.timestamp, 48000);
    // The first packets of both were captured within a picture and a few frames of sound.
    EXPECT_LT(std::abs(picture - sound), 0.25);
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
