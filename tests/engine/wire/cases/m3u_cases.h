// Playlists as programs write them, and what they list. One table for parsing and for the seeds of
// the fuzz target m3u.
#pragma once

#include <string>
#include <vector>

namespace heliograph::test {

struct M3uCase {
    std::string name;
    std::string text;
    std::vector<std::string> files;
};

inline std::vector<M3uCase> m3uCases()
{
    return {
        {"empty", "", {}},
        {"one", "a.mp4", {"a.mp4"}},
        {"two", "a.mp4\nb c.mkv\n", {"a.mp4", "b c.mkv"}},
        {"extended", "\xef\xbb\xbf#EXTM3U\r\n#EXTINF:12,A day\r\n/x/ü.mp4\r\n\r\n", {"/x/ü.mp4"}},
        {"file_url", "file:///a%20b/50%.mp4\n", {"/a b/50%.mp4"}},
        {"blanks", "  spaced.mp4\t\n#EXTVLCOPT:no-video", {"spaced.mp4"}},
        {"address", "http://example.org/a.mp4", {"http://example.org/a.mp4"}},
    };
}

// HTTP Live Streaming.
inline std::string liveM3u()
{
    return "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\na.ts\n";
}

} // namespace heliograph::test
