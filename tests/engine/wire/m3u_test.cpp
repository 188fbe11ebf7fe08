// Playlists as programs write them.
#include "wire/m3u.h"

#include <gtest/gtest.h>

using namespace heliograph;
using Files = std::vector<std::string>;

TEST(M3u, EachLineIsAFile)
{
    struct Case {
        const char *text;
        Files files;
    };
    for (const Case &one : {
             Case{"", {}},
             Case{"a.mp4", {"a.mp4"}},
             Case{"a.mp4\nb c.mkv\n", {"a.mp4", "b c.mkv"}},
             Case{"\xef\xbb\xbf#EXTM3U\r\n#EXTINF:12,A day\r\n/x/ü.mp4\r\n\r\n", {"/x/ü.mp4"}},
             Case{"file:///a%20b/50%.mp4\n", {"/a b/50%.mp4"}},
             Case{"  spaced.mp4\t\n#EXTVLCOPT:no-video", {"spaced.mp4"}},
             Case{"http://example.org/a.mp4", {"http://example.org/a.mp4"}},
         }) {
        const auto files = wire::readM3u(one.text);
        ASSERT_TRUE(files) << one.text;
        EXPECT_EQ(one.files, *files) << one.text;
    }
}

TEST(M3u, WhatIsNoListOfFilesIsTold)
{
    const auto live = wire::readM3u("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\na.ts\n");
    ASSERT_FALSE(live);
    EXPECT_EQ(ErrorCode::Unsupported, live.error().code);
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "a\n";
    EXPECT_EQ(1000u, wire::readM3u(many)->size());
    const auto more = wire::readM3u(many + "a\n");
    ASSERT_FALSE(more);
    EXPECT_EQ(ErrorCode::TooLarge, more.error().code);
}
