#include "wire/rtmp/path.h"

#include "engine/project.h"
#include "engine/wire/cases/rtmp_path_cases.h"

#include <gtest/gtest.h>

namespace heliograph::rtmp {

TEST(RtmpPath, T20_FindsTheMountOfEveryCase)
{
    for (const test::PathCase &item : test::pathCases()) {
        SCOPED_TRACE(item.name);
        const auto path = resolvePath(item.app, item.streamName);
        ASSERT_EQ(path.has_value(), item.path.has_value());
        if (!path)
            continue;
        EXPECT_EQ(path->mount, item.path->mount);
        EXPECT_EQ(path->literal, item.path->literal);
        EXPECT_EQ(path->query, item.path->query);
    }
}

// Whatever can be served can be asked for, in both ways.
TEST(RtmpPath, T20_EveryMountIsFound)
{
    for (const char *mount : {"cam", "front-door", "a/b/c", "live/cam", "x.y_z~1"}) {
        ASSERT_TRUE(normalizeMount(mount));
        EXPECT_EQ(resolvePath("live", mount)->mount, mount);
        EXPECT_EQ(resolvePath("", mount)->literal, mount);
        EXPECT_EQ(resolvePath(mount, "")->literal, mount);
    }
}

TEST(RtmpUrl, T20_ReadsEveryCase)
{
    for (const test::RtmpUrlCase &item : test::rtmpUrlCases()) {
        SCOPED_TRACE(item.name);
        const auto url = parseUrl(item.text);
        ASSERT_EQ(url.has_value(), item.url.has_value());
        if (!url)
            continue;
        EXPECT_TRUE(*url == *item.url) << url->tcUrl() << ' ' << url->streamName;
    }
}

TEST(RtmpUrl, T24_TcUrlHasNoLogin)
{
    EXPECT_EQ(parseUrl("rtmp://u:p@host/live/cam?token=x")->tcUrl(), "rtmp://host:1935/live");
    EXPECT_EQ(parseUrl("rtmps://[::1]/a/b/c")->tcUrl(), "rtmps://[::1]:443/a/b");
}

TEST(RtmpUrl, T24_ErrorsQuoteNothing)
{
    for (const char *text : {"http://secret", "rtmp://u:secret@", "rtmp://h:0/secret?secret"})
        EXPECT_EQ(parseUrl(text).error().detail.find("secret"), std::string::npos);
    EXPECT_EQ(resolvePath("live", "secret%00").error().detail,
              "read RTMP path › control character");
}

TEST(RtmpQuery, IsPairs)
{
    EXPECT_EQ(parseQuery("a=1&b=%20x&&=y&c&a=2"),
              (Query{{"a", "1"}, {"b", " x"}, {"c", ""}, {"a", "2"}}));
    EXPECT_EQ(valueOf(parseQuery("a=1&a=2"), "a"), "1");
    EXPECT_EQ(valueOf(parseQuery("a=1"), "b"), "");
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "a=1&";
    EXPECT_EQ(parseQuery(many).size(), 64U);
}

} // namespace heliograph::rtmp
