#include "wire/rtp/rtcp.h"

#include "wire/big_endian.h"
#include "wire/rtp/rtcp_layout.h"

#include <algorithm>

namespace heliograph::rtcp {

namespace {

constexpr std::int64_t nanosecondsPerSecond = 1'000'000'000;
constexpr std::int64_t secondsFrom1900To1970 = 2'208'988'800;
// A report time whose top bit is clear lies behind February 2036 (RFC 4330 section 3).
constexpr std::uint64_t eraOne = std::uint64_t{1} << 32;
constexpr std::uint64_t eraSplit = std::uint64_t{1} << 31;

// A report whose answer took longer says that one of the two clocks was set.
constexpr std::uint32_t longestRoundTrip = 60 * 65536;
// How far the peer's rounding can push a round trip below zero: 10 ms.
constexpr std::uint32_t roundingError = 655;

tl::unexpected<Error> broken(const char *what)
{
    return failure(ErrorCode::Malformed, std::string("read RTCP › ") + what);
}

//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |V=2|P|  count  |      PT       |  length in words, less one    |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
struct Element {
    std::uint8_t count = 0; // report blocks, sources, or the format of a feedback message
    std::uint8_t type = 0;
    ByteSpan body; // behind the header, without padding
};

// Takes one packet of the compound off the front.
Result<Element> takeElement(ByteSpan &rest)
{
    if (rest.size() < wordSize || rest[0] >> 6 != 2)
        return broken("no header");
    const std::size_t size = wordSize * (std::size_t{1} + wire::read16(rest, 2));
    if (size > rest.size())
        return broken("length past the end");
    Element element{std::uint8_t(rest[0] & 0x1f), rest[1], rest.subspan(4, size - 4)};
    if ((rest[0] & 0x20) != 0) { // the last byte counts the padding, itself included
        const std::size_t padding = element.body.empty() ? 0 : element.body.back();
        if (padding == 0 || padding > element.body.size())
            return broken("padding");
        element.body = element.body.first(element.body.size() - padding);
    }
    rest = rest.subspan(size);
    return element;
}

//  |                             SSRC                              |
//  | fraction lost |       cumulative number of packets lost       |
//  |           extended highest sequence number received           |
//  |                      interarrival jitter                      |
//  |                         last SR (LSR)                         |
//  |                   delay since last SR (DLSR)                  |
ReportBlock readBlock(ByteSpan bytes)
{
    ReportBlock block;
    block.ssrc = wire::read32(bytes, 0);
    block.fractionLost = bytes[4];
    // Shifted up and down again, so that the 24-bit sign spreads.
    block.cumulativeLost = std::int32_t(wire::read32(bytes, 4) << 8) >> 8;
    block.highestSequence = wire::read32(bytes, 8);
    block.jitter = wire::read32(bytes, 12);
    block.lastSenderReport = wire::read32(bytes, 16);
    block.delaySinceLast = wire::read32(bytes, 20);
    return block;
}

Result<std::vector<ReportBlock>> readBlocks(ByteSpan bytes, std::size_t count)
{
    if (bytes.size() < count * blockSize)
        return broken("report blocks past the end");
    std::vector<ReportBlock> blocks;
    blocks.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        blocks.push_back(readBlock(bytes.subspan(i * blockSize, blockSize)));
    return blocks;
}

//  SSRC | NTP, 64 bits | RTP time | packets | octets | report blocks    section 6.4.1
Result<> readSenderReport(const Element &element, std::vector<Report> &reports)
{
    if (element.body.size() < senderInfoSize)
        return broken("short sender report");
    SenderReport report;
    report.ssrc = wire::read32(element.body, 0);
    report.ntp =
        (std::uint64_t{wire::read32(element.body, 4)} << 32) | wire::read32(element.body, 8);
    report.rtpTime = wire::read32(element.body, 12);
    report.packets = wire::read32(element.body, 16);
    report.octets = wire::read32(element.body, 20);
    auto blocks = readBlocks(element.body.subspan(senderInfoSize), element.count);
    if (!blocks)
        return tl::unexpected(std::move(blocks.error()));
    report.blocks = std::move(*blocks);
    reports.emplace_back(std::move(report));
    return {};
}

Result<> readReceiverReport(const Element &element, std::vector<Report> &reports)
{
    if (element.body.size() < wordSize)
        return broken("short receiver report");
    auto blocks = readBlocks(element.body.subspan(wordSize), element.count);
    if (!blocks)
        return tl::unexpected(std::move(blocks.error()));
    reports.emplace_back(ReceiverReport{wire::read32(element.body, 0), std::move(*blocks)});
    return {};
}

// Takes one chunk's items, up to the zero that ends them, and that zero's word, off the front.
//  | type | length | text … | type | length | text … | 0 … to the next word
Result<std::optional<std::string>> takeItems(ByteSpan &rest)
{
    std::optional<std::string> cname;
    std::size_t at = 0;
    while (at < rest.size() && rest[at] != 0) {
        if (at + 2 > rest.size() || at + 2 + rest[at + 1] > rest.size())
            return broken("description past the end");
        const ByteSpan text = rest.subspan(at + 2, rest[at + 1]);
        if (rest[at] == cnameItem && !cname)
            cname.emplace(text.begin(), text.end());
        at += 2 + text.size();
    }
    rest = rest.subspan(std::min(rest.size(), (at / wordSize + 1) * wordSize));
    return cname;
}

Result<> readDescriptions(const Element &element, std::vector<Report> &reports)
{
    ByteSpan rest = element.body;
    for (int i = 0; i < element.count; ++i) {
        if (rest.size() < wordSize)
            return broken("descriptions past the end");
        const std::uint32_t ssrc = wire::read32(rest, 0);
        rest = rest.subspan(wordSize);
        auto cname = takeItems(rest);
        if (!cname)
            return tl::unexpected(std::move(cname.error()));
        if (*cname)
            reports.emplace_back(SourceDescription{ssrc, std::move(**cname)});
    }
    return {};
}

//  SSRC, count of them | length, 8 bits | reason …    the last two are optional
Result<> readBye(const Element &element, std::vector<Report> &reports)
{
    const std::size_t behind = element.count * wordSize;
    if (element.body.size() < behind)
        return broken("sources past the end");
    Bye bye;
    for (std::size_t at = 0; at < behind; at += wordSize)
        bye.ssrcs.push_back(wire::read32(element.body, at));
    if (const ByteSpan rest = element.body.subspan(behind); !rest.empty()) {
        if (rest[0] >= rest.size())
            return broken("reason past the end");
        const ByteSpan text = rest.subspan(1, rest[0]);
        bye.reason.assign(text.begin(), text.end());
    }
    reports.emplace_back(std::move(bye));
    return {};
}

//  sender SSRC | media SSRC | FIR only: the asked SSRC, number and 24 zero bits, repeated
Result<> readFeedback(const Element &element, std::vector<Report> &reports)
{
    if (element.count != pictureLoss && element.count != fullIntraRequest)
        return {};
    if (element.body.size() < 2 * wordSize)
        return broken("short feedback");
    if (element.count == pictureLoss)
        reports.emplace_back(KeyframeRequest{wire::read32(element.body, 4)});
    for (ByteSpan rest = element.body.subspan(2 * wordSize);
         element.count == fullIntraRequest && rest.size() >= 2 * wordSize;
         rest = rest.subspan(2 * wordSize))
        reports.emplace_back(KeyframeRequest{wire::read32(rest, 0)});
    return {};
}

Result<> readElement(const Element &element, std::vector<Report> &reports)
{
    switch (element.type) {
    case senderReportType:
        return readSenderReport(element, reports);
    case receiverReportType:
        return readReceiverReport(element, reports);
    case descriptionType:
        return readDescriptions(element, reports);
    case byeType:
        return readBye(element, reports);
    case payloadFeedbackType:
        return readFeedback(element, reports);
    default:
        return {};
    }
}

} // namespace

std::uint64_t toNtp(WallTime wall)
{
    const auto whole = std::chrono::floor<std::chrono::seconds>(wall);
    const auto seconds = std::uint64_t(whole.count() + secondsFrom1900To1970);
    const auto rest = std::uint64_t((wall - whole).count());
    return (seconds << 32) | ((rest << 32) / nanosecondsPerSecond);
}

WallTime fromNtp(std::uint64_t ntp)
{
    std::uint64_t seconds = ntp >> 32;
    if (seconds < eraSplit)
        seconds += eraOne;
    // Rounded, so that what toNtp() cut off comes back; but not into the next second, which may
    // be the next era.
    const std::uint64_t rounded = ((ntp & 0xffffffff) * nanosecondsPerSecond + eraSplit) >> 32;
    const std::int64_t rest = std::min(std::int64_t(rounded), nanosecondsPerSecond - 1);
    return WallTime((std::int64_t(seconds) - secondsFrom1900To1970) * nanosecondsPerSecond + rest);
}

Result<std::vector<Report>> parseCompound(ByteSpan datagram)
{
    if (datagram.empty())
        return broken("nothing");
    std::vector<Report> reports;
    while (!datagram.empty() && reports.size() < maximumReports) {
        const Result<Element> element = takeElement(datagram);
        if (!element)
            return tl::unexpected(element.error());
        if (Result<> read = readElement(*element, reports); !read)
            return tl::unexpected(std::move(read.error()));
    }
    if (reports.size() > maximumReports)
        reports.erase(reports.begin() + maximumReports, reports.end());
    return reports;
}

std::optional<std::chrono::duration<double, std::milli>> roundTrip(const ReportBlock &block,
                                                                   WallTime received)
{
    if (block.lastSenderReport == 0)
        return std::nullopt;
    // Modulo 2^32, as the three of them are.
    const std::uint32_t taken =
        middle32(toNtp(received)) - block.lastSenderReport - block.delaySinceLast;
    if (taken >= std::uint32_t(0) - roundingError)
        return std::chrono::duration<double, std::milli>(0);
    if (taken > longestRoundTrip)
        return std::nullopt;
    return std::chrono::duration<double, std::milli>(taken * 1000.0 / 65536);
}

} // namespace heliograph::rtcp
