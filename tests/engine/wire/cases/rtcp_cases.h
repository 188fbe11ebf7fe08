// RTCP datagrams made by hand, and what they say. One table for parsing and for the seeds of the
// fuzz target rtcp.
#pragma once

#include "wire/rtp/rtcp.h"

#include <optional>
#include <string>
#include <vector>

namespace heliograph::test {

struct RtcpCase {
    std::string name;
    std::string hex;
    std::optional<std::vector<rtcp::Report>> reports; // nothing: Malformed
};

// clang-format off
inline std::vector<RtcpCase> rtcpCases()
{
    using namespace rtcp;
    // As on the wire: version and count, type, length in words less one.
    const std::string senderReport = "80 c8 0006 0a0b0c0d e9d3a1b2 40000000 00015f90 00000064 0001e240 ";
    const std::string description = "81 ca 0004 0a0b0c0d 01 09 686c696f2d31323334 00 ";
    const std::string block = "0a0b0c0d 40 fffffe 00010005 00000016 a1b24000 00010000 ";
    const SenderReport sent{0x0a0b0c0d, 0xe9d3a1b240000000, 90000, 100, 123456, {}};
    const ReportBlock heard{0x0a0b0c0d, 64, -2, 65541, 22, 0xa1b24000, 65536};
    return {
        {"sender_report", senderReport, {{sent}}},
        {"sender_report_and_name", senderReport + description, {{sent, SourceDescription{0x0a0b0c0d, "hlio-1234"}}}},
        {"receiver_report", "81 c9 0007 11111111 " + block, {{ReceiverReport{0x11111111, {heard}}}}},
        {"receiver_report_without_blocks", "80 c9 0001 11111111", {{ReceiverReport{0x11111111, {}}}}},
        {"sender_report_with_block", "81 c8 000c 0a0b0c0d e9d3a1b2 40000000 00015f90 00000064 0001e240 " + block,
         {{SenderReport{0x0a0b0c0d, 0xe9d3a1b240000000, 90000, 100, 123456, {heard}}}}},
        {"profile_extension_behind_blocks", "80 c9 0003 11111111 deadbeef deadbeef", {{ReceiverReport{0x11111111, {}}}}},
        {"smallest_and_largest_loss", "82 c9 000d 11111111 "
         "00000001 00 800000 00000000 00000000 00000000 00000000 00000002 ff 7fffff 00000000 00000000 00000000 00000000",
         {{ReceiverReport{0x11111111, {{1, 0, -8388608, 0, 0, 0, 0}, {2, 255, 8388607, 0, 0, 0, 0}}}}}},
        {"bye", "81 cb 0001 11111111", {{Bye{{0x11111111}, ""}}}},
        {"bye_with_reason", "82 cb 0004 11111111 22222222 06 6b69636b6564 00", {{Bye{{0x11111111, 0x22222222}, "kicked"}}}},
        {"bye_of_nobody", "80 cb 0000", {{Bye{{}, ""}}}},
        {"name_behind_other_items", "81 ca 0004 11111111 06 04 746f6f6c 01 03 616263 00", {{SourceDescription{0x11111111, "abc"}}}},
        {"two_named_sources", "82 ca 0004 11111111 01 01 61 00 22222222 01 01 62 00", {{SourceDescription{0x11111111, "a"}, SourceDescription{0x22222222, "b"}}}},
        {"source_without_name", "81 ca 0002 11111111 00000000", std::vector<Report>{}},
        {"picture_loss", "81 ce 0002 11111111 0a0b0c0d", {{KeyframeRequest{0x0a0b0c0d}}}},
        {"full_intra_request", "84 ce 0004 11111111 00000000 0a0b0c0d 07000000", {{KeyframeRequest{0x0a0b0c0d}}}},
        {"report_then_picture_loss", "80 c9 0001 11111111 81 ce 0002 11111111 0a0b0c0d", {{ReceiverReport{0x11111111, {}}, KeyframeRequest{0x0a0b0c0d}}}},
        {"unused_kinds_are_skipped", "81 cd 0003 11111111 22222222 00010000 80 cc 0002 11111111 6e616d65 81 cb 0001 33333333", {{Bye{{0x33333333}, ""}}}},
        {"padding", "a0 c9 0002 11111111 00000004", {{ReceiverReport{0x11111111, {}}}}},
        {"empty", "", std::nullopt},
        {"three_bytes", "80 c9 00", std::nullopt},
        {"version_one", "40 c9 0001 11111111", std::nullopt},
        {"length_past_the_end", "80 c9 0002 11111111", std::nullopt},
        {"rest_behind_a_report", "80 c9 0001 11111111 80", std::nullopt},
        {"short_sender_report", "80 c8 0001 0a0b0c0d", std::nullopt},
        {"no_sender", "80 c9 0000", std::nullopt},
        {"blocks_past_the_end", "82 c9 0007 11111111 " + block, std::nullopt},
        {"description_past_the_end", "81 ca 0002 11111111 01 09 6162", std::nullopt},
        {"description_without_length", "81 ca 0002 11111111 06 01 61 01", std::nullopt},
        {"missing_source", "82 ca 0002 11111111 00000000", std::nullopt},
        {"bye_past_the_end", "82 cb 0001 11111111", std::nullopt},
        {"reason_past_the_end", "81 cb 0002 11111111 04 616263", std::nullopt},
        {"padding_past_the_end", "a0 c9 0001 111111ff", std::nullopt},
        {"padding_of_nothing", "a0 c9 0001 11111100", std::nullopt},
        {"short_feedback", "81 ce 0001 11111111", std::nullopt},
    };
}
// clang-format on

} // namespace heliograph::test
