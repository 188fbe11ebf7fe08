#include "wire/big_endian.h"
#include "wire/rtp/rtcp.h"
#include "wire/rtp/rtcp_layout.h"

#include <algorithm>

namespace heliograph::rtcp {

namespace {

using Buffer = std::vector<std::uint8_t>;

// Begins a packet of the compound; returns where, for end().
std::size_t begin(Buffer &out, std::uint8_t type, std::size_t count)
{
    const std::size_t start = out.size();
    out.push_back(std::uint8_t(0x80 | count)); // version 2, no padding
    out.push_back(type);
    wire::append16(out, 0); // the length, known at the end
    return start;
}

// Fills up the last word and writes the length.
void end(Buffer &out, std::size_t start)
{
    out.resize((out.size() + wordSize - 1) / wordSize * wordSize);
    wire::write16(&out[start + 2], std::uint16_t((out.size() - start) / wordSize - 1));
}

void appendText(Buffer &out, std::string_view text)
{
    const std::string_view kept = text.substr(0, maximumText);
    out.push_back(std::uint8_t(kept.size()));
    out.insert(out.end(), kept.begin(), kept.end());
}

void appendBlocks(Buffer &out, const std::vector<ReportBlock> &blocks)
{
    for (std::size_t i = 0; i < std::min(blocks.size(), maximumBlocks); ++i) {
        const ReportBlock &block = blocks[i];
        const std::int32_t lost = std::clamp(block.cumulativeLost, -0x800000, 0x7fffff);
        wire::append32(out, block.ssrc);
        wire::append32(
            out, (std::uint32_t{block.fractionLost} << 24) | (std::uint32_t(lost) & 0xffffff));
        wire::append32(out, block.highestSequence);
        wire::append32(out, block.jitter);
        wire::append32(out, block.lastSenderReport);
        wire::append32(out, block.delaySinceLast);
    }
}

void appendSenderReport(Buffer &out, const SenderReport &report)
{
    const std::size_t start =
        begin(out, senderReportType, std::min(report.blocks.size(), maximumBlocks));
    wire::append32(out, report.ssrc);
    wire::append32(out, std::uint32_t(report.ntp >> 32));
    wire::append32(out, std::uint32_t(report.ntp));
    wire::append32(out, report.rtpTime);
    wire::append32(out, report.packets);
    wire::append32(out, report.octets);
    appendBlocks(out, report.blocks);
    end(out, start);
}

void appendDescription(Buffer &out, std::uint32_t ssrc, std::string_view cname)
{
    const std::size_t start = begin(out, descriptionType, 1);
    wire::append32(out, ssrc);
    out.push_back(cnameItem);
    appendText(out, cname);
    out.push_back(0); // ends the items; there must be one even when the word is full
    end(out, start);
}

} // namespace

std::vector<std::uint8_t> writeSenderReport(const SenderReport &report, std::string_view cname)
{
    Buffer out;
    appendSenderReport(out, report);
    appendDescription(out, report.ssrc, cname);
    return out;
}

std::vector<std::uint8_t> writeReceiverReport(const ReceiverReport &report, std::string_view cname)
{
    Buffer out;
    const std::size_t start =
        begin(out, receiverReportType, std::min(report.blocks.size(), maximumBlocks));
    wire::append32(out, report.ssrc);
    appendBlocks(out, report.blocks);
    end(out, start);
    appendDescription(out, report.ssrc, cname);
    return out;
}

std::vector<std::uint8_t> writeBye(const SenderReport &last, std::string_view cname,
                                   std::string_view reason)
{
    Buffer out = writeSenderReport(last, cname);
    const std::size_t start = begin(out, byeType, 1);
    wire::append32(out, last.ssrc);
    if (!reason.empty())
        appendText(out, reason);
    end(out, start);
    return out;
}

} // namespace heliograph::rtcp
