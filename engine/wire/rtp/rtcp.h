// RTCP (RFC 3550 section 6): sender and receiver reports, SDES CNAME, BYE; read and written.
// Thread: any (pure functions on bytes).
#pragma once

#include "core/bytes.h"
#include "core/clock.h"
#include "engine/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace heliograph::rtcp {

// 64-bit NTP time: seconds since 1900 in the upper half, 1/2^32 s in the lower.
std::uint64_t toNtp(WallTime wall);
WallTime fromNtp(std::uint64_t ntp);
// The middle 32 bits, as LSR and the round trip use them (1/65536 s).
inline std::uint32_t middle32(std::uint64_t ntp)
{
    return std::uint32_t(ntp >> 16);
}

struct ReportBlock { // section 6.4.1
    std::uint32_t ssrc = 0;
    std::uint8_t fractionLost = 0; // of 256, since the last report
    std::int32_t cumulativeLost = 0; // 24-bit signed
    std::uint32_t highestSequence = 0; // extended
    std::uint32_t jitter = 0; // in RTP clock ticks
    std::uint32_t lastSenderReport = 0; // middle 32 bits of its NTP time; 0: none yet
    std::uint32_t delaySinceLast = 0; // 1/65536 s
    bool operator==(const ReportBlock &) const = default;
};

struct SenderReport {
    std::uint32_t ssrc = 0;
    std::uint64_t ntp = 0;
    std::uint32_t rtpTime = 0;
    std::uint32_t packets = 0;
    std::uint32_t octets = 0; // of payload
    std::vector<ReportBlock> blocks;
    bool operator==(const SenderReport &) const = default;
};

struct ReceiverReport {
    std::uint32_t ssrc = 0;
    std::vector<ReportBlock> blocks;
    bool operator==(const ReceiverReport &) const = default;
};

struct SourceDescription {
    std::uint32_t ssrc = 0;
    std::string cname;
    bool operator==(const SourceDescription &) const = default;
};

struct Bye {
    std::vector<std::uint32_t> ssrcs;
    std::string reason;
    bool operator==(const Bye &) const = default;
};

// Payload-specific feedback that asks for a keyframe: PLI (RFC 4585) or FIR (RFC 5104).
struct KeyframeRequest {
    std::uint32_t mediaSsrc = 0;
    bool operator==(const KeyframeRequest &) const = default;
};

using Report = std::variant<SenderReport, ReceiverReport, SourceDescription, Bye, KeyframeRequest>;

// A compound packet. Kinds that we do not use are skipped. Tolerates a compound that starts with
// another kind than a report (some cameras and players do).
// Errors: Malformed (short, version not 2, a length past the end). At most 64 reports are read.
Result<std::vector<Report>> parseCompound(ByteSpan datagram);

// SR + SDES CNAME.
std::vector<std::uint8_t> writeSenderReport(const SenderReport &report, std::string_view cname);
// RR + SDES CNAME: what a viewer sends.
std::vector<std::uint8_t> writeReceiverReport(const ReceiverReport &report, std::string_view cname);
// SR + SDES CNAME + BYE (a compound must begin with a report).
std::vector<std::uint8_t> writeBye(const SenderReport &last, std::string_view cname,
                                   std::string_view reason);

// The round trip from a report block that answers one of our sender reports; nothing when it
// answers none, or makes no sense (section 6.4.1: A - LSR - DLSR).
std::optional<std::chrono::duration<double, std::milli>> roundTrip(const ReportBlock &block,
                                                                   WallTime received);

} // namespace heliograph::rtcp
