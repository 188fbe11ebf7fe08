#include "wire/rtsp/session_header.h"

#include "engine/wire/cases/url_cases.h"

#include <gtest/gtest.h>

namespace heliograph::rtsp {

TEST(SessionHeader, R21_ReadsWithAndWithoutTimeout)
{
    for (const test::SessionCase &item : test::sessionCases())
        EXPECT_EQ(parseSession(item.value), item.session) << item.value;
}

TEST(SessionHeader, R21_WritesAndReadsBack)
{
    EXPECT_EQ(writeSession({"ab12cd34", 60}), "ab12cd34;timeout=60");
    for (const test::SessionCase &item : test::sessionCases())
        EXPECT_EQ(parseSession(writeSession(item.session)), item.session);
}

TEST(RtpInfo, R24_ReadsEveryCase)
{
    for (const test::RtpInfoCase &item : test::rtpInfoCases())
        EXPECT_EQ(parseRtpInfo(item.value), item.entries) << item.value;
}

TEST(RtpInfo, R24_WritesAndReadsBack)
{
    EXPECT_EQ(writeRtpInfo({{"rtsp://h/a", 1, 2}, {"rtsp://h/b", 65535, 4294967295}}),
              "url=rtsp://h/a;seq=1;rtptime=2,url=rtsp://h/b;seq=65535;rtptime=4294967295");
    EXPECT_EQ(writeRtpInfo({}), "");
    for (const test::RtpInfoCase &item : test::rtpInfoCases())
        EXPECT_EQ(parseRtpInfo(writeRtpInfo(item.entries)), item.entries);
}

TEST(RtpInfo, ReadsThirtyTwoEntriesAtMost)
{
    EXPECT_EQ(parseRtpInfo(writeRtpInfo(std::vector<RtpInfo>(40, {"a", 1, 2}))).size(), 32U);
}

} // namespace heliograph::rtsp
