#include "wire/sdp/sdp.h"

#include "engine/wire/cases/sdp_cases.h"

#include <gtest/gtest.h>

namespace heliograph::sdp {

namespace {

std::string letters(const std::string &text)
{
    std::string order;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
        order += text[at];
    return order;
}

} // namespace

TEST(Sdp, S7_ReadsEveryCase)
{
    for (const test::SdpCase &item : test::sdpCases()) {
        SCOPED_TRACE(item.name);
        const auto session = parse(item.text);
        ASSERT_TRUE(session) << session.error().detail;
        EXPECT_EQ(*session, item.session);
    }
}

TEST(Sdp, S1_S2_S3_S4_WritesAsSpecifiedAndReadsBack)
{
    for (const test::SdpCase &item : test::sdpCases()) {
        SCOPED_TRACE(item.name);
        if (item.ours) {
            EXPECT_EQ(write(item.session), item.text);
        }
        EXPECT_EQ(parse(write(item.session)), item.session);
    }
}

TEST(Sdp, RefusesWhatIsNone)
{
    for (const test::BrokenSdpCase &item : test::brokenSdpCases()) {
        SCOPED_TRACE(item.name);
        const auto session = parse(item.text);
        ASSERT_FALSE(session);
        EXPECT_EQ(session.error().code, item.code);
    }
    EXPECT_EQ(parse("v=0\r\n" + std::string(65536, 'a')).error().code, ErrorCode::TooLarge);
}

TEST(Sdp, S1_LinesAreInOrder)
{
    const Session session = test::sdpCases()[0].session;
    EXPECT_EQ(letters(write(session)), "vosctaambaaaamaaa");
}

TEST(Sdp, S1_NamesAreNeverEmpty)
{
    EXPECT_NE(write(test::sessionNamed("")).find("\r\ns=-\r\n"), std::string::npos);
    EXPECT_NE(write(test::sessionNamed("\r\n")).find("\r\ns=-\r\n"), std::string::npos);
}

TEST(Sdp, S5_IsSmall)
{
    EXPECT_LT(write(test::sdpCases()[0].session).size(), 1400U);
}

TEST(Sdp, S6_TitlesAddNoLines)
{
    Session session = test::sessionNamed(std::string("a\r\nm=evil 1 X 2\n\0b", 18));
    EXPECT_NE(write(session).find("\r\ns=am=evil 1 X 2b\r\n"), std::string::npos);
    EXPECT_TRUE(parse(write(session))->media.empty());
    Media media = test::videoMedia();
    media.control = "trackID=0\r\na=evil";
    media.format += "\na=evil";
    media.encoding += "\r\na=evil";
    media.kind += "\r\na=evil";
    session = test::sessionNamed("x", {media});
    session.originAddress = "1.2.3.4\r\na=evil";
    session.control = "*\r\na=evil";
    EXPECT_EQ(write(session).find("\na=evil"), std::string::npos);
}

TEST(Sdp, FindsFormatParameters)
{
    Media media;
    media.format = " A = 1 ;b;sprop=x==,y= ; c=";
    EXPECT_EQ(media.parameter("a"), "1");
    EXPECT_EQ(media.parameter("B"), "");
    EXPECT_EQ(media.parameter("SPROP"), "x==,y=");
    EXPECT_EQ(media.parameter("c"), "");
    EXPECT_FALSE(media.parameter("d"));
    EXPECT_FALSE(media.parameter(""));
}

} // namespace heliograph::sdp
