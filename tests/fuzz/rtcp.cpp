// An RTCP datagram from a viewer: reports must read the same when we write them, and the numbers
// made of them must make sense.
#include "wire/rtp/rtcp.h"

#include "fuzz/require.h"
#include "fuzz/targets.h"

namespace heliograph::fuzz {

namespace {

void checkBlocks(const std::vector<rtcp::ReportBlock> &blocks, WallTime now)
{
    for (const rtcp::ReportBlock &block : blocks) {
        require(block.cumulativeLost >= -0x800000 && block.cumulativeLost <= 0x7fffff, "24 bits");
        const auto trip = rtcp::roundTrip(block, now);
        require(!trip || (trip->count() >= 0 && trip->count() <= 60000), "a sensible round trip");
    }
}

void check(const rtcp::SenderReport &report)
{
    const WallTime wall = rtcp::fromNtp(report.ntp);
    require(rtcp::fromNtp(rtcp::toNtp(wall)) == wall, "time comes back");
    checkBlocks(report.blocks, wall);
    const auto again = rtcp::parseCompound(rtcp::writeSenderReport(report, "name"));
    require(again && again->front() == rtcp::Report(report), "same sender report");
}

void check(const rtcp::ReceiverReport &report)
{
    checkBlocks(report.blocks, std::chrono::hours(500000));
    const auto again = rtcp::parseCompound(rtcp::writeReceiverReport(report, "name"));
    require(again && again->front() == rtcp::Report(report), "same receiver report");
}

void check(const rtcp::SourceDescription &description)
{
    const auto again =
        rtcp::parseCompound(rtcp::writeReceiverReport({description.ssrc, {}}, description.cname));
    require(again && again->back() == rtcp::Report(description), "same description");
}

void check(const rtcp::Bye &bye)
{
    rtcp::SenderReport last;
    last.ssrc = bye.ssrcs.empty() ? 0 : bye.ssrcs.front();
    const auto again = rtcp::parseCompound(rtcp::writeBye(last, "name", bye.reason));
    require(again && again->back() == rtcp::Report(rtcp::Bye{{last.ssrc}, bye.reason}), "same bye");
}

void check(const rtcp::KeyframeRequest &) { }

} // namespace

int runRtcp(ByteSpan input)
{
    const auto reports = rtcp::parseCompound(input);
    if (!reports)
        return 0;
    require(reports->size() <= 64, "at most 64 reports");
    for (const rtcp::Report &report : *reports)
        std::visit([](const auto &value) { check(value); }, report);
    return 0;
}

} // namespace heliograph::fuzz
