// rtsp:// URLs, taken apart as players send them (RFC 2326 section 3.2).
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace heliograph::rtsp {

struct Url {
    std::string scheme; // lower case: "rtsp", "rtsps"
    std::string host; // lower case, IPv6 without brackets; user:password@ is dropped
    std::uint16_t port = 554; // 322 for rtsps
    std::string path; // percent-decoded, no leading or trailing slash, "//" folded: "cam/trackID=0"
    std::string query; // as sent, without '?'; "" when there is none
    bool operator==(const Url &) const = default;
};

// Accepts absolute URLs and absolute paths ("/cam": scheme and host are then empty). A track
// segment or a bare slash may follow the query ("rtsp://h/cam?x=1/trackID=0", as FFmpeg joins
// them): it is moved to the path. Other segments stay in the query: a token may hold slashes.
// Errors: Malformed.
Result<Url> parseUrl(std::string_view text);

// A SETUP or PLAY path in its two parts: "cam/trackID=0", "cam/track0", "cam/streamid=0" give
// {"cam", 0}; "cam" gives {"cam", -1}. Numbers past 255 stay part of the mount.
struct TrackPath {
    std::string mount;
    int track = -1;
    bool operator==(const TrackPath &) const = default;
};
TrackPath splitTrack(std::string_view path);

// The request URL without user:password@, for Content-Base and RTP-Info; one trailing slash is
// added in front of a query.
std::string baseUrl(std::string_view requestUrl);

} // namespace heliograph::rtsp
