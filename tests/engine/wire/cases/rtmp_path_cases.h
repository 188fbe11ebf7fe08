// Apps, stream names and URLs as encoders and players send them, and what they mean.
#pragma once

#include "wire/rtmp/path.h"

#include <optional>
#include <string>
#include <vector>

namespace heliograph::test {

struct PathCase {
    std::string name;
    std::string app;
    std::string streamName;
    std::optional<rtmp::MountPath> path; // nothing: Malformed
};

struct RtmpUrlCase {
    std::string name;
    std::string text;
    std::optional<rtmp::Url> url; // nothing: Malformed
};

// clang-format off
inline std::vector<PathCase> pathCases()
{
    using rtmp::MountPath;
    const auto cam = [](rtmp::Query query) { return MountPath{"cam", "cam", std::move(query)}; };
    const MountPath live{"cam", "live/cam", {}};
    return {
        {"obs_server_and_key", "live", "cam", live},
        {"ffmpeg_one_segment", "cam", "", cam({})},
        {"playpath_alone", "", "cam", cam({})},
        {"live_in_the_app", "live/cam", "", live},
        {"live_in_the_name", "", "live/cam", live},
        {"slash_behind_the_app", "live/", "cam", live},
        {"slashes_everywhere", "/live/", "//cam/", live},
        {"live_alone_is_a_mount", "live", "", MountPath{"live", "live", {}}},
        {"live_twice", "live", "live/cam", MountPath{"live/cam", "live/live/cam", {}}},
        {"lively_is_another", "lively", "cam", MountPath{"lively/cam", "lively/cam", {}}},
        {"T20_ffmpeg_three_segments", "a/b", "c", MountPath{"a/b/c", "a/b/c", {}}},
        {"four_segments", "a/b", "c/d", MountPath{"a/b/c/d", "a/b/c/d", {}}},
        {"T20_token", "live", "cam?token=x", MountPath{"cam", "live/cam", {{"token", "x"}}}},
        {"token_of_the_app", "live?token=x", "cam", MountPath{"cam", "live/cam", {{"token", "x"}}}},
        {"token_of_both", "live?a=1", "cam?b=2&c", MountPath{"cam", "live/cam", {{"a", "1"}, {"b", "2"}, {"c", ""}}}},
        {"token_of_one_segment", "cam?token=x", "", cam({{"token", "x"}})},
        {"token_with_slashes_and_signs", "", "cam?token=a/b+c%3D==", cam({{"token", "a/b+c==="}})},
        {"T20_mp4", "live", "mp4:cam", live},
        {"flv", "live", "FLV:cam?token=x", MountPath{"cam", "live/cam", {{"token", "x"}}}},
        {"T20_encoded", "live", "c%61m%2Fhigh", MountPath{"cam/high", "live/cam/high", {}}},
        {"no_escape", "", "50%", MountPath{"50%", "50%", {}}},
        {"nothing", "", "", MountPath{"", "", {}}},
        {"control_character", "live", "ca%0Am", std::nullopt},
        {"zero", "live", "ca%00m", std::nullopt},
        {"endless", "live", std::string(1024, 'a'), std::nullopt},
    };
}

inline std::vector<RtmpUrlCase> rtmpUrlCases()
{
    using rtmp::Url;
    return {
        {"plain", "rtmp://host/live/cam", Url{false, "host", 1935, "", "", "live", "cam"}},
        {"port", "rtmp://host:1936/live/cam", Url{false, "host", 1936, "", "", "live", "cam"}},
        {"secure", "RTMPS://Host/live/cam", Url{true, "host", 443, "", "", "live", "cam"}},
        {"login", "rtmp://u%40x:p:%2F@host/live/cam", Url{false, "host", 1935, "u@x", "p:/", "live", "cam"}},
        {"six", "rtmp://[::1]:1936/live/cam", Url{false, "::1", 1936, "", "", "live", "cam"}},
        {"query", "rtmp://host/live/cam?token=a/b&c=d", Url{false, "host", 1935, "", "", "live", "cam?token=a/b&c=d"}},
        {"one_segment", "rtmp://host/cam", Url{false, "host", 1935, "", "", "cam", ""}},
        {"one_segment_with_query", "rtmp://host/cam?x=1", Url{false, "host", 1935, "", "", "cam?x=1", ""}},
        {"three_segments", "rtmp://host/a/b/c", Url{false, "host", 1935, "", "", "a/b", "c"}},
        {"four_segments", "rtmp://host/a/b/c/d", Url{false, "host", 1935, "", "", "a/b", "c/d"}},
        {"slash_at_the_end", "rtmp://host/live/cam/", Url{false, "host", 1935, "", "", "live", "cam"}},
        {"no_path", "rtmp://host", Url{false, "host", 1935, "", "", "", ""}},
        {"escapes_stay", "rtmp://host/live/c%61m", Url{false, "host", 1935, "", "", "live", "c%61m"}},
        {"rtsp", "rtsp://host/live/cam", std::nullopt},
        {"word", "cam", std::nullopt},
        {"empty", "", std::nullopt},
        {"no_host", "rtmp:///live/cam", std::nullopt},
        {"port_zero", "rtmp://host:0/live", std::nullopt},
        {"port_past_16_bits", "rtmp://host:65536/live", std::nullopt},
        {"line_end", "rtmp://host/live/cam\n", std::nullopt},
    };
}
// clang-format on

} // namespace heliograph::test
