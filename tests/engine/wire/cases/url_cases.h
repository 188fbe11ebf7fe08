// URLs, Session and RTP-Info headers as players and cameras send them. One table each for the
// tests and for the seeds of the fuzz target url_session.
#pragma once

#include "wire/rtsp/session_header.h"
#include "wire/rtsp/url.h"

#include <optional>
#include <string>
#include <vector>

namespace heliograph::test {

struct UrlCase {
    std::string name;
    std::string text;
    std::optional<rtsp::Url> url; // nothing: Malformed
};

inline std::vector<UrlCase> urlCases()
{
    using rtsp::Url;
    return {
        {"plain", "rtsp://host/cam", Url{"rtsp", "host", 554, "cam", ""}},
        {"port", "rtsp://127.0.0.1:8554/cam", Url{"rtsp", "127.0.0.1", 8554, "cam", ""}},
        {"trailing_slash", "rtsp://host/cam/", Url{"rtsp", "host", 554, "cam", ""}},
        {"no_path", "rtsp://host", Url{"rtsp", "host", 554, "", ""}},
        {"root", "rtsp://host:8554/", Url{"rtsp", "host", 8554, "", ""}},
        {"upper_case", "RTSP://HOST.Example:8554/Cam",
         Url{"rtsp", "host.example", 8554, "Cam", ""}},
        {"secure", "rtsps://host/cam", Url{"rtsps", "host", 322, "cam", ""}},
        {"user", "rtsp://u:p%40ss@host/cam", Url{"rtsp", "host", 554, "cam", ""}},
        {"user_with_at", "rtsp://u:p@ss@host:1/cam", Url{"rtsp", "host", 1, "cam", ""}},
        {"six", "rtsp://[::1]:8554/cam", Url{"rtsp", "::1", 8554, "cam", ""}},
        {"six_without_port", "rtsp://[FE80::1%25eth0]/cam",
         Url{"rtsp", "fe80::1%eth0", 554, "cam", ""}},
        {"track", "rtsp://host/cam/trackID=0", Url{"rtsp", "host", 554, "cam/trackID=0", ""}},
        {"doubled_slashes", "rtsp://host//a//b//trackID=1",
         Url{"rtsp", "host", 554, "a/b/trackID=1", ""}},
        {"query", "rtsp://host/cam?token=x", Url{"rtsp", "host", 554, "cam", "token=x"}},
        {"query_behind_slash", "rtsp://host/cam/?token=x",
         Url{"rtsp", "host", 554, "cam", "token=x"}},
        {"track_behind_query", "rtsp://host/cam?x=1/trackID=0",
         Url{"rtsp", "host", 554, "cam/trackID=0", "x=1"}},
        {"track_behind_slash_and_query", "rtsp://host/cam/?x=1/trackID=0",
         Url{"rtsp", "host", 554, "cam/trackID=0", "x=1"}},
        {"slash_behind_query", "rtsp://host/cam?x=1/", Url{"rtsp", "host", 554, "cam", "x=1"}},
        {"slashes_in_a_token", "rtsp://host/cam?token=ab/cd",
         Url{"rtsp", "host", 554, "cam", "token=ab/cd"}},
        {"track_behind_a_token_with_slash", "rtsp://host/cam?token=ab//trackID=1",
         Url{"rtsp", "host", 554, "cam/trackID=1", "token=ab/"}},
        {"query_of_the_root", "rtsp://host?x=1", Url{"rtsp", "host", 554, "", "x=1"}},
        {"escapes", "rtsp://host/my%20cam%2Fa", Url{"rtsp", "host", 554, "my cam/a", ""}},
        {"escapes_of_utf8", "rtsp://host/k%C3%BCche",
         Url{"rtsp", "host", 554,
             "k\xc3\xbc"
             "che",
             ""}},
        {"no_escapes", "rtsp://host/50%/%zz%4", Url{"rtsp", "host", 554, "50%/%zz%4", ""}},
        {"blank", "rtsp://host/my cam", Url{"rtsp", "host", 554, "my cam", ""}},
        {"path_alone", "/cam/trackID=0?x", Url{"", "", 554, "cam/trackID=0", "x"}},
        {"empty_port", "rtsp://host:/cam", Url{"rtsp", "host", 554, "cam", ""}},
        {"at_in_the_path", "rtsp://host/a@b", Url{"rtsp", "host", 554, "a@b", ""}},
        {"empty", "", std::nullopt},
        {"star", "*", std::nullopt},
        {"word", "cam", std::nullopt},
        {"http", "http://host/cam", std::nullopt},
        {"no_host", "rtsp:///cam", std::nullopt},
        {"user_without_host", "rtsp://u:p@/cam", std::nullopt},
        {"port_no_number", "rtsp://host:fish/cam", std::nullopt},
        {"port_zero", "rtsp://host:0/cam", std::nullopt},
        {"port_past_16_bits", "rtsp://host:65536/cam", std::nullopt},
        {"port_with_sign", "rtsp://host:-1/cam", std::nullopt},
        {"open_bracket", "rtsp://[::1/cam", std::nullopt},
        {"text_behind_bracket", "rtsp://[::1]x/cam", std::nullopt},
        {"six_without_brackets", "rtsp://::1/cam", std::nullopt},
        {"escaped_zero", "rtsp://host/cam%00", std::nullopt},
        {"escaped_line_end", "rtsp://host/cam%0d%0aX:y", std::nullopt},
    };
}

struct TrackPathCase {
    std::string path;
    rtsp::TrackPath track;
};

inline std::vector<TrackPathCase> trackPathCases()
{
    return {
        {"cam", {"cam", -1}},
        {"", {"", -1}},
        {"cam/trackID=0", {"cam", 0}},
        {"cam/trackID=1", {"cam", 1}},
        {"cam/track0", {"cam", 0}},
        {"cam/track1", {"cam", 1}},
        {"cam/streamid=0", {"cam", 0}},
        {"cam/stream=1", {"cam", 1}},
        {"cam/TRACKid=7", {"cam", 7}},
        {"a/b/trackID=255", {"a/b", 255}},
        {"cam/trackID=256", {"cam/trackID=256", -1}},
        {"cam/trackID=", {"cam/trackID=", -1}},
        {"cam/trackID=-1", {"cam/trackID=-1", -1}},
        {"cam/trackID=1x", {"cam/trackID=1x", -1}},
        {"cam/track", {"cam/track", -1}},
        {"trackID=0", {"", 0}},
        {"trackID=0/cam", {"trackID=0/cam", -1}},
    };
}

struct BaseUrlCase {
    std::string request;
    std::string base;
};

inline std::vector<BaseUrlCase> baseUrlCases()
{
    return {
        {"rtsp://host/cam", "rtsp://host/cam/"},
        {"rtsp://host/cam/", "rtsp://host/cam/"},
        {"rtsp://host", "rtsp://host/"},
        {"rtsp://HOST:8554/Cam", "rtsp://HOST:8554/Cam/"},
        {"rtsp://u:p@ss@host/cam", "rtsp://host/cam/"},
        {"rtsp://host/cam?x=1", "rtsp://host/cam/?x=1"},
        {"rtsp://host/cam/?x=1", "rtsp://host/cam/?x=1"},
        {"rtsp://host?x=1", "rtsp://host/?x=1"},
        {"rtsp://host/cam?to=u@h", "rtsp://host/cam/?to=u@h"},
        {"rtsp://[::1]:8554/cam", "rtsp://[::1]:8554/cam/"},
        {"/cam", "/cam/"},
        {"/a://u@h/cam", "/a://u@h/cam/"},
    };
}

struct SessionCase {
    std::string value;
    rtsp::SessionHeader session;
};

inline std::vector<SessionCase> sessionCases()
{
    return {
        {"ab12cd34;timeout=60", {"ab12cd34", 60}},
        {"ab12cd34", {"ab12cd34", 60}},
        {" ab12 ; Timeout = 30 ", {"ab12", 30}},
        {"ab12;x=y;timeout=90;z", {"ab12", 90}},
        {"ab12;timeout=fish", {"ab12", 60}},
        {"ab12;timeout=0", {"ab12", 60}},
        {"ab12;timeout=-5", {"ab12", 60}},
        {"ab12;timeout=99999999999", {"ab12", 60}},
        {"ab12;", {"ab12", 60}},
        {"", {"", 60}},
    };
}

struct RtpInfoCase {
    std::string value;
    std::vector<rtsp::RtpInfo> entries;
};

inline std::vector<RtpInfoCase> rtpInfoCases()
{
    return {
        {"url=rtsp://h/cam/trackID=0;seq=1;rtptime=2,url=rtsp://h/cam/trackID=1;seq=65535;"
         "rtptime=4294967295",
         {{"rtsp://h/cam/trackID=0", 1, 2}, {"rtsp://h/cam/trackID=1", 65535, 4294967295}}},
        {" URL=rtsp://h/a ; seq=5", {}},
        {"url=rtsp://h/a;rtptime=9;seq=5", {{"rtsp://h/a", 5, 9}}},
        {"url=\"rtsp://h/a\";seq=5;rtptime=9 , url=b;seq=6;rtptime=10",
         {{"rtsp://h/a", 5, 9}, {"b", 6, 10}}},
        {"url=rtsp://h/a,b?url=c;d;seq=5;rtptime=9", {{"rtsp://h/a,b?url=c;d", 5, 9}}},
        {"url=a;seq=5,url=b;seq=65536;rtptime=1,url=c;seq=1;rtptime=-1,url=d;seq=7;rtptime=8",
         {{"d", 7, 8}}},
        {"seq=1;rtptime=2", {}},
        {"url=;seq=1;rtptime=2", {}},
        {"", {}},
    };
}

} // namespace heliograph::test
