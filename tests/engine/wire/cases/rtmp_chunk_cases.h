// RTMP chunk streams made by hand, and the messages they hold. One table for the chunk reader and
// for the seeds of the fuzz target rtmp_chunks.
#pragma once

#include "engine/error.h"
#include "engine/media/hex.h"
#include "wire/rtmp/message.h"

#include <optional>
#include <string>
#include <vector>

namespace heliograph::test {

struct ChunkCase {
    std::string name;
    std::string hex;
    std::vector<rtmp::Message> messages;
    std::optional<ErrorCode> error; // behind them: the framing is lost
};

inline rtmp::Message messageOf(std::uint32_t csid, int type, std::uint32_t streamId,
                               std::uint32_t timestamp, std::string_view payload)
{
    return {{csid, rtmp::MessageType(type), streamId, timestamp}, Bytes(hex(payload))};
}

// So many bytes "aa", as hex.
inline std::string filled(std::size_t bytes)
{
    std::string text;
    for (std::size_t i = 0; i < bytes; ++i)
        text += "aa";
    return text;
}

// clang-format off
inline std::vector<ChunkCase> chunkCases()
{
    // basic header | time 24 | length 24 | type | stream, low byte first | extended time
    const std::string video = "06 000010 000002 09 01000000 bbcc "; // at 16 ms
    const rtmp::Message first = messageOf(6, 9, 1, 16, "bbcc");
    const std::string chunkSize4 = "02 000000 000004 01 00000000 00000004 ";
    return {
        {"T2_fmt_0", video, {first}, {}},
        {"T2_fmt_1_2_3", video + "46 000014 000001 09 dd  86 00000a ee  c6 ff",
         {first, messageOf(6, 9, 1, 36, "dd"), messageOf(6, 9, 1, 46, "ee"), messageOf(6, 9, 1, 56, "ff")}, {}},
        {"T2_fmt_3_repeats_the_time_of_fmt_0", video + "c6 ddee c6 ff00",
         {first, messageOf(6, 9, 1, 32, "ddee"), messageOf(6, 9, 1, 48, "ff00")}, {}},
        {"T2_fmt_3_behind_fmt_0_at_zero", "04 000000 000001 08 01000000 aa c4 bb 44 000017 000001 08 cc c4 dd",
         {messageOf(4, 8, 1, 0, "aa"), messageOf(4, 8, 1, 0, "bb"), messageOf(4, 8, 1, 23, "cc"), messageOf(4, 8, 1, 46, "dd")}, {}},
        {"T2_two_byte_csid", "00 00 000010 000001 09 01000000 aa  c0 00 bb 00 ff 000000 000001 08 01000000 cc",
         {messageOf(64, 9, 1, 16, "aa"), messageOf(64, 9, 1, 32, "bb"), messageOf(319, 8, 1, 0, "cc")}, {}},
        {"T2_three_byte_csid", "01 0001 000010 000001 09 01000000 aa  c1 0001 bb  01 ffff 000000 000001 08 01000000 cc",
         {messageOf(320, 9, 1, 16, "aa"), messageOf(320, 9, 1, 32, "bb"), messageOf(65599, 8, 1, 0, "cc")}, {}},
        {"T2_three_bytes_for_a_small_csid", "00 00 000000 000001 09 01000000 aa  c1 0000 bb",
         {messageOf(64, 9, 1, 0, "aa"), messageOf(64, 9, 1, 0, "bb")}, {}},
        {"T2_interleaved", chunkSize4 + "06 000000 000006 09 01000000 11223344  04 000000 000005 08 01000000 aabbccdd  c6 5566 c4 ee",
         {messageOf(6, 9, 1, 0, "112233445566"), messageOf(4, 8, 1, 0, "aabbccddee")}, {}},
        {"T2_fmt_1_first_as_librtmp", "42 000000 000006 04 0003 00000001",
         {messageOf(2, 4, 0, 0, "000300000001")}, {}},
        {"T2_stream_id_is_low_byte_first", "03 000000 000000 14 04030201", {messageOf(3, 20, 0x01020304, 0, "")}, {}},
        {"T3_extended_in_fmt_0", "06 ffffff 000001 09 01000000 01000000 aa", {messageOf(6, 9, 1, 0x1000000, "aa")}, {}},
        {"T3_largest_that_is_not_extended", "06 fffffe 000001 09 01000000 aa", {messageOf(6, 9, 1, 0xfffffe, "aa")}, {}},
        {"T3_extended_as_small_as_can_be", "06 ffffff 000001 09 01000000 00ffffff aa", {messageOf(6, 9, 1, 0xffffff, "aa")}, {}},
        {"T3_extended_repeated", chunkSize4 + "06 ffffff 000006 09 01000000 01000000 11223344 c6 01000000 5566",
         {messageOf(6, 9, 1, 0x1000000, "112233445566")}, {}},
        {"T3_extended_not_repeated", chunkSize4 + "06 ffffff 000009 09 01000000 01000000 11223344 c6 55667788 c6 99",
         {messageOf(6, 9, 1, 0x1000000, "112233445566778899")}, {}},
        {"T3_extended_not_repeated_and_alike_at_first", chunkSize4 + "06 ffffff 000007 09 01000000 01000000 11223344 c6 010000 06 000000 000000 09 01000000",
         {messageOf(6, 9, 1, 0x1000000, "11223344010000"), messageOf(6, 9, 1, 0, "")}, {}},
        {"T3_extended_delta", video + "46 ffffff 000005 09 00ffffff 1122334455",
         {first, messageOf(6, 9, 1, 0x100000f, "1122334455")}, {}},
        {"T3_extended_delta_repeated", chunkSize4 + video + "46 ffffff 000005 09 01000000 11223344 c6 01000000 55 c6 01000000 66778899 c6 01000000 00",
         {first, messageOf(6, 9, 1, 0x1000010, "1122334455"), messageOf(6, 9, 1, 0x2000010, "6677889900")}, {}},
        {"T3_fmt_3_behind_an_extended_fmt_0_has_its_own_time", "06 ffffff 000001 09 01000000 01000000 aa c6 01000000 bb c6 01000021 cc",
         {messageOf(6, 9, 1, 0x1000000, "aa"), messageOf(6, 9, 1, 0x1000000, "bb"), messageOf(6, 9, 1, 0x1000021, "cc")}, {}},
        {"T3_fmt_2_ends_the_extension", "06 ffffff 000001 09 01000000 01000000 aa 86 000021 bb c6 cc",
         {messageOf(6, 9, 1, 0x1000000, "aa"), messageOf(6, 9, 1, 0x1000021, "bb"), messageOf(6, 9, 1, 0x1000042, "cc")}, {}},
        {"T4_wraps_by_delta", "06 ffffff 000001 09 01000000 fffffff0 aa 46 000020 000001 09 bb",
         {messageOf(6, 9, 1, 0xfffffff0, "aa"), messageOf(6, 9, 1, 0x10, "bb")}, {}},
        {"T5_backward_delta_of_32_bits", video + "46 ffffff 000001 09 fffffff8 dd", {first, messageOf(6, 9, 1, 8, "dd")}, {}},
        {"T5_empty_messages", "06 000000 000000 09 01000000 c6 c6 04 000000 000001 08 01000000 aa",
         {messageOf(6, 9, 1, 0, ""), messageOf(6, 9, 1, 0, ""), messageOf(6, 9, 1, 0, ""), messageOf(4, 8, 1, 0, "aa")}, {}},
        {"T6_chunks_of_128_at_first", "06 000000 000082 09 01000000 " + filled(128) + " c6 " + filled(2), {messageOf(6, 9, 1, 0, filled(130))}, {}},
        {"T6_chunk_size_in_the_middle_of_a_message", chunkSize4 + "06 000000 000008 09 01000000 11223344 02 000000 000004 01 00000000 00000002 c6 5566 c6 7788",
         {messageOf(6, 9, 1, 0, "1122334455667788")}, {}},
        {"T6_largest_chunk_size", "02 000000 000004 01 00000000 7fffffff 06 000000 000082 09 01000000 " + filled(130), {messageOf(6, 9, 1, 0, filled(130))}, {}},
        {"T6_chunk_size_one", "02 000000 000004 01 00000000 00000001 06 000000 000003 09 01000000 aa c6 bb c6 cc", {messageOf(6, 9, 1, 0, "aabbcc")}, {}},
        {"T6_chunk_size_zero", video + "02 000000 000004 01 00000000 00000000", {first}, ErrorCode::Malformed},
        {"T6_chunk_size_past_31_bits", "02 000000 000004 01 00000000 80000000", {}, ErrorCode::Malformed},
        {"T6_chunk_size_short", "02 000000 000003 01 00000000 000001", {}, ErrorCode::Malformed},
        {"abort", chunkSize4 + "06 000005 000006 09 01000000 11223344 02 000000 000004 02 00000000 00000006 c6 aabbccdd c6 eeff",
         {messageOf(6, 9, 1, 10, "aabbccddeeff")}, {}},
        {"abort_of_nothing", "02 000000 000004 02 00000000 00000007 " + video, {first}, {}},
        {"a_new_header_gives_the_old_message_up", chunkSize4 + "06 000000 000006 09 01000000 11223344 46 000005 000001 09 aa",
         {messageOf(6, 9, 1, 5, "aa")}, {}},
        {"T21_types_that_nobody_knows", "03 000000 000001 63 00000000 aa 03 000000 000001 16 01000000 bb",
         {messageOf(3, 99, 0, 0, "aa"), messageOf(3, 22, 1, 0, "bb")}, {}},
        {"not_whole", "06 000010 000002 09 01000000 bb", {}, {}},
        {"nothing_to_repeat_by_fmt_2", "86 000010", {}, ErrorCode::Malformed},
        {"nothing_to_repeat_by_fmt_3", video + "c7", {first}, ErrorCode::Malformed},
    };
}
// clang-format on

} // namespace heliograph::test
