#include "wire/rtsp/url.h"

#include "engine/wire/cases/url_cases.h"

#include <gtest/gtest.h>

namespace heliograph::rtsp {

TEST(RtspUrl, R13_R14_R33_ReadsEveryForm)
{
    for (const test::UrlCase &item : test::urlCases()) {
        SCOPED_TRACE(item.name);
        const auto url = parseUrl(item.text);
        ASSERT_EQ(url.has_value(), item.url.has_value());
        if (!url) {
            EXPECT_EQ(url.error().code, ErrorCode::Malformed);
            continue;
        }
        EXPECT_EQ(url->scheme, item.url->scheme);
        EXPECT_EQ(url->host, item.url->host);
        EXPECT_EQ(url->port, item.url->port);
        EXPECT_EQ(url->path, item.url->path);
        EXPECT_EQ(url->query, item.url->query);
    }
}

TEST(RtspUrl, ErrorsHoldNoPassword)
{
    const auto url = parseUrl("rtsp://user:secret@host:fish/cam");
    ASSERT_FALSE(url);
    EXPECT_EQ(url.error().detail.find("secret"), std::string::npos);
}

TEST(RtspUrl, R13_FindsTheTrack)
{
    for (const test::TrackPathCase &item : test::trackPathCases())
        EXPECT_EQ(splitTrack(item.path), item.track) << item.path;
}

TEST(RtspUrl, R12_BaseEndsInASlashBeforeTheQuery)
{
    for (const test::BaseUrlCase &item : test::baseUrlCases())
        EXPECT_EQ(baseUrl(item.request), item.base);
}

// What DESCRIBE answers must lead back to the same mount, whichever way a client joins it.
TEST(RtspUrl, R12_R13_ControlsJoinedToTheBaseFindTheMount)
{
    for (const char *request : {"rtsp://h/a/cam", "rtsp://h/a/cam/", "rtsp://h/a/cam?x=1"}) {
        const std::string base = baseUrl(request);
        const bool query = base.find('?') != std::string::npos;
        const std::string slash = query ? "/" : ""; // FFmpeg adds one where there is none
        const auto url = parseUrl(base + slash + "trackID=1");
        ASSERT_TRUE(url);
        EXPECT_EQ(splitTrack(url->path), (TrackPath{"a/cam", 1})) << request;
        EXPECT_EQ(url->query, query ? "x=1" : "");
        EXPECT_EQ(parseUrl(base), parseUrl(request));
    }
}

} // namespace heliograph::rtsp
