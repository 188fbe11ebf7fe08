// RTSP messages and what the reader makes of them. One table for the reader's tests, the writer's
// round trip and the seeds of the fuzz target rtsp_message.
#pragma once

#include "wire/rtsp/reader.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace heliograph::test {

enum class Spelling {
    Ours, // writing the value gives these bytes back
    Theirs,
};

struct MessageCase {
    std::string name;
    std::string bytes;
    rtsp::Arrival arrival;
    Spelling spelling = Spelling::Theirs;
};

using Fields = std::initializer_list<std::pair<const char *, const char *>>;

inline rtsp::Headers headersOf(Fields fields)
{
    rtsp::Headers headers;
    for (const auto &[name, value] : fields)
        headers.add(name, value);
    return headers;
}

inline rtsp::Request requestOf(const char *method, const char *url, Fields fields,
                               std::string body = {})
{
    return {method, url, "RTSP/1.0", headersOf(fields), std::move(body)};
}

inline rtsp::Response responseOf(int status, const char *reason, Fields fields,
                                 std::string body = {})
{
    return {status, reason, headersOf(fields), std::move(body)};
}

// As players and cameras send them.
inline std::vector<MessageCase> requestCases()
{
    return {
        {"options_star", "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
         requestOf("OPTIONS", "*", {{"CSeq", "1"}}), Spelling::Ours},
        {"describe_ffmpeg",
         "DESCRIBE rtsp://127.0.0.1:8554/cam RTSP/1.0\r\nAccept: application/sdp\r\nCSeq: 2\r\n"
         "User-Agent: Lavf59.27.100\r\n\r\n",
         requestOf("DESCRIBE", "rtsp://127.0.0.1:8554/cam",
                   {{"Accept", "application/sdp"}, {"CSeq", "2"}, {"User-Agent", "Lavf59.27.100"}}),
         Spelling::Ours},
        {"setup_gstreamer",
         "SETUP rtsp://h/cam/trackID=0 RTSP/1.0\r\nCSeq: 4\r\n"
         "Transport: RTP/AVP;unicast;client_port=5000-5001,RTP/AVP/TCP;interleaved=0-1\r\n"
         "Date: Sat, 21 Nov 2026 03:20:53 GMT\r\n\r\n",
         requestOf(
             "SETUP", "rtsp://h/cam/trackID=0",
             {{"CSeq", "4"},
              {"Transport", "RTP/AVP;unicast;client_port=5000-5001,RTP/AVP/TCP;interleaved=0-1"},
              {"Date", "Sat, 21 Nov 2026 03:20:53 GMT"}}),
         Spelling::Ours},
        {"play_vlc",
         "PLAY rtsp://[::1]:8554/cam/ RTSP/1.0\r\nCSeq: 6\r\nUser-Agent: LibVLC/3.0.18 (LIVE555 "
         "Streaming Media v2016.11.28)\r\nSession: 12ab34cd;timeout=60\r\nRange: "
         "npt=0.000-\r\n\r\n",
         requestOf("PLAY", "rtsp://[::1]:8554/cam/",
                   {{"CSeq", "6"},
                    {"User-Agent", "LibVLC/3.0.18 (LIVE555 Streaming Media v2016.11.28)"},
                    {"Session", "12ab34cd;timeout=60"},
                    {"Range", "npt=0.000-"}}),
         Spelling::Ours},
        {"set_parameter_with_body",
         "SET_PARAMETER rtsp://h/cam RTSP/1.0\r\nCSeq: 7\r\nContent-Length: 11\r\n\r\nbarparam: 1",
         requestOf("SET_PARAMETER", "rtsp://h/cam", {{"CSeq", "7"}, {"Content-Length", "11"}},
                   "barparam: 1"),
         Spelling::Ours},
        {"body_that_looks_like_a_message",
         "ANNOUNCE rtsp://h/c RTSP/1.0\r\nCSeq: 8\r\nContent-Length: 22\r\n\r\n"
         "$\r\n\r\nPLAY * RTSP/1.0\r\n",
         requestOf("ANNOUNCE", "rtsp://h/c", {{"CSeq", "8"}, {"Content-Length", "22"}},
                   "$\r\n\r\nPLAY * RTSP/1.0\r\n"),
         Spelling::Ours},
        {"empty_body",
         "GET_PARAMETER rtsp://h/cam RTSP/1.0\r\nCSeq: 9\r\nContent-Length: 0\r\n\r\n",
         requestOf("GET_PARAMETER", "rtsp://h/cam", {{"CSeq", "9"}, {"Content-Length", "0"}}),
         Spelling::Ours},
        {"two_of_one_header",
         "DESCRIBE rtsp://h/cam RTSP/1.0\r\nCSeq: 2\r\nRequire: a\r\nRequire: b\r\n\r\n",
         requestOf("DESCRIBE", "rtsp://h/cam", {{"CSeq", "2"}, {"Require", "a"}, {"Require", "b"}}),
         Spelling::Ours},
        {"empty_value", "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nRequire: \r\n\r\n",
         requestOf("OPTIONS", "*", {{"CSeq", "1"}, {"Require", ""}}), Spelling::Ours},
        {"vendor_method", "X-KICK rtsp://h/cam RTSP/1.0\r\nCSeq: 1\r\n\r\n",
         requestOf("X-KICK", "rtsp://h/cam", {{"CSeq", "1"}}), Spelling::Ours},
        {"line_feeds_only", "OPTIONS * RTSP/1.0\nCSeq: 1\n\n",
         requestOf("OPTIONS", "*", {{"CSeq", "1"}})},
        {"mixed_line_ends", "OPTIONS * RTSP/1.0\nCSeq: 1\r\n\n",
         requestOf("OPTIONS", "*", {{"CSeq", "1"}})},
        {"blanks_around_values", "OPTIONS * RTSP/1.0\r\ncSEQ :\t 1 \t\r\n\r\n",
         requestOf("OPTIONS", "*", {{"cSEQ", "1"}})},
        {"folded_header",
         "SETUP rtsp://h/cam RTSP/1.0\r\nCSeq: 3\r\nTransport: RTP/AVP;\r\n "
         "unicast\r\n\t;x\r\n\r\n",
         requestOf("SETUP", "rtsp://h/cam", {{"CSeq", "3"}, {"Transport", "RTP/AVP; unicast ;x"}})},
        {"control_characters_in_a_value",
         std::string("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nX: a\rb\0c\x1b\x5b\r\n\r\n", 43),
         requestOf("OPTIONS", "*", {{"CSeq", "1"}, {"X", "a b c ["}})},
        {"blanks_in_the_url", "DESCRIBE rtsp://h/my cam  RTSP/1.0\r\nCSeq: 1\r\n\r\n",
         requestOf("DESCRIBE", "rtsp://h/my cam", {{"CSeq", "1"}})},
        {"empty_lines_first", "\r\n\r\n\nOPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
         requestOf("OPTIONS", "*", {{"CSeq", "1"}})},
        {"repeated_equal_length",
         "SET_PARAMETER * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
         requestOf("SET_PARAMETER", "*",
                   {{"CSeq", "1"}, {"Content-Length", "1"}, {"Content-Length", "1"}}, "x"),
         Spelling::Ours},
    };
}

inline std::vector<MessageCase> responseCases()
{
    return {
        {"ok", "RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE\r\n\r\n",
         responseOf(200, "OK", {{"CSeq", "1"}, {"Public", "OPTIONS, DESCRIBE"}}), Spelling::Ours},
        {"unauthorized",
         "RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\""
         "\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n",
         responseOf(401, "Unauthorized",
                    {{"CSeq", "2"},
                     {"WWW-Authenticate", "Digest realm=\"x\", nonce=\"y\""},
                     {"WWW-Authenticate", "Basic realm=\"x\""}}),
         Spelling::Ours},
        {"answer_with_body",
         "RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Type: application/sdp\r\nContent-Length: 5\r\n\r\n"
         "v=0\r\n",
         responseOf(200, "OK",
                    {{"CSeq", "3"}, {"Content-Type", "application/sdp"}, {"Content-Length", "5"}},
                    "v=0\r\n"),
         Spelling::Ours},
        {"own_reason", "RTSP/1.0 454 No such session, sorry\r\nCSeq: 4\r\n\r\n",
         responseOf(454, "No such session, sorry", {{"CSeq", "4"}}), Spelling::Ours},
        {"no_reason", "RTSP/1.0 200\r\nCSeq: 5\r\n\r\n", responseOf(200, "", {{"CSeq", "5"}})},
        {"answer_without_cseq", "RTSP/1.0 400 Bad Request\r\n\r\n",
         responseOf(400, "Bad Request", {}), Spelling::Ours},
    };
}

// Against the rules, but their end is known.
inline std::vector<MessageCase> badRequestCases()
{
    const std::string line = "The request line is not: method, URL, RTSP/1.0.";
    const std::string version = "Only RTSP/1.0 is spoken here.";
    const std::string header = "A header line is not: name, colon, value.";
    return {
        {"no_cseq", "OPTIONS * RTSP/1.0\r\n\r\n",
         rtsp::BadRequest{400, "", "The request has no CSeq."}},
        {"empty_cseq", "OPTIONS * RTSP/1.0\r\nCSeq:\r\n\r\n",
         rtsp::BadRequest{400, "", "The request has no CSeq."}},
        {"http_get", "GET /cam HTTP/1.1\r\nHost: h:8554\r\n\r\n",
         rtsp::BadRequest{505, "", version}},
        {"version_two", "OPTIONS * RTSP/2.0\r\nCSeq: 7\r\n\r\n",
         rtsp::BadRequest{505, "7", version}},
        {"garbage_version", "OPTIONS * fish\r\nCSeq: 7\r\n\r\n",
         rtsp::BadRequest{505, "7", version}},
        {"answer_of_version_two", "RTSP/2.0 200 OK\r\nCSeq: 7\r\n\r\n",
         rtsp::BadRequest{505, "7", version}},
        {"answer_without_status", "RTSP/1.0 fine\r\nCSeq: 7\r\n\r\n",
         rtsp::BadRequest{400, "7", "The status line has no status."}},
        {"no_version", "OPTIONS *\r\nCSeq: 8\r\n\r\n", rtsp::BadRequest{400, "8", line}},
        {"one_word", "hello\r\n\r\n", rtsp::BadRequest{400, "", line}},
        {"no_url", "OPTIONS  RTSP/1.0\r\nCSeq: 1\r\n\r\n", rtsp::BadRequest{400, "1", line}},
        {"method_no_token", "OPT(IONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
         rtsp::BadRequest{400, "1", line}},
        {"control_character_in_url", "OPTIONS rtsp://h/\x01 RTSP/1.0\r\nCSeq: 1\r\n\r\n",
         rtsp::BadRequest{400, "1", line}},
        {"no_colon", "OPTIONS * RTSP/1.0\r\nCSeq: 9\r\nfish\r\n\r\n",
         rtsp::BadRequest{400, "9", header}},
        {"fold_of_nothing", "OPTIONS * RTSP/1.0\r\n folded\r\nCSeq: 9\r\n\r\n",
         rtsp::BadRequest{400, "9", header}},
        {"bad_with_body", "SET_PARAMETER * RTSP/1.0\r\nContent-Length: 4\r\n\r\nabcd",
         rtsp::BadRequest{400, "", "The request has no CSeq."}},
    };
}

// After these nobody knows where the next message begins.
struct LostFramingCase {
    std::string name;
    std::string bytes;
    ErrorCode code;
};

inline std::vector<LostFramingCase> lostFramingCases()
{
    std::string manyHeaders = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n";
    for (int i = 0; i < 100; ++i)
        manyHeaders += "X: y\r\n";
    const std::string begin = "SET_PARAMETER * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: ";
    return {
        {"tls_greeting", std::string("\x16\x03\x01\x02\x00\x01", 6), ErrorCode::Malformed},
        {"garbage", "\xff\xfe garbage", ErrorCode::Malformed},
        {"negative_length", begin + "-1\r\n\r\n", ErrorCode::Malformed},
        {"length_in_words", begin + "four\r\n\r\n", ErrorCode::Malformed},
        {"length_with_tail", begin + "4 4\r\n\r\n", ErrorCode::Malformed},
        {"length_past_64_bits", begin + "99999999999999999999\r\n\r\n", ErrorCode::Malformed},
        {"two_lengths", begin + "4\r\nContent-Length: 5\r\n\r\nabcde", ErrorCode::Malformed},
        {"long_body", begin + "262145\r\n\r\n", ErrorCode::TooLarge},
        {"many_headers", manyHeaders + "\r\n", ErrorCode::TooLarge},
    };
}

inline std::vector<MessageCase> messageCases()
{
    std::vector<MessageCase> all = requestCases();
    for (const auto &more : {responseCases(), badRequestCases()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

} // namespace heliograph::test
