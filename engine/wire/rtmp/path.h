// Which mount a player or publisher means, from what its connect and play or publish commands
// carry; and rtmp:// URLs taken apart for our own client.
// Thread: any (pure functions). Queries hold keys: no error and no log may quote one.
#pragma once

#include "engine/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::rtmp {

struct QueryItem {
    std::string name; // percent-decoded, as the value
    std::string value;
    bool operator==(const QueryItem &) const = default;
};
using Query = std::vector<QueryItem>;

// "a=1&b=%20": at most 64 items.
Query parseQuery(std::string_view text);
// The first of that name; "" when there is none.
std::string_view valueOf(const Query &query, std::string_view name);

struct MountPath {
    std::string mount; // as normalizeMount() would leave it when it is valid; may be ""
    std::string literal; // the same with the "live/" it came with: a mount of that name goes first
    Query query; // of app and stream name, in that order
    bool operator==(const MountPath &) const = default;
};

// app and stream name meet at a slash, wherever the client cut them: rtmp://h/cam comes as "cam"
// and "", or "" and "cam"; rtmp://h/a/b/c as "a/b" and "c". Percent-decoded, slashes folded, the
// queries taken off both, "mp4:" and "flv:" in front of the name dropped, and the app "live" or
// "live/…" in front taken for none where something follows it: rtmp://h/live/cam is "cam".
// Errors: Malformed (control characters, more than 1024 bytes).
Result<MountPath> resolvePath(std::string_view app, std::string_view streamName);

struct Url {
    bool secure = false; // rtmps
    std::string host; // lower case, IPv6 without brackets
    std::uint16_t port = 1935; // 443 for rtmps
    std::string user; // percent-decoded, as the password
    std::string password;
    std::string app; // as sent: "live"; of rtmp://h/a/b/c: "a/b"
    std::string streamName; // the rest of the path and the query, as sent: "cam?token=x"

    // "rtmp://host:1935/app", for the connect command: no login.
    std::string tcUrl() const;
    bool operator==(const Url &) const = default;
};

// Cut as FFmpeg and librtmp do: the app is the first segment, or the first two of three and more. A
// path of one segment is the app with its query, and the stream name is empty.
// Errors: Malformed (another scheme, no host, a bad port, control characters).
Result<Url> parseUrl(std::string_view text);

} // namespace heliograph::rtmp
