#include "wire/rtsp/message.h"

#include "engine/wire/cases/message_cases.h"
#include "engine/wire/reading.h"

#include <gtest/gtest.h>

namespace heliograph::rtsp {

namespace {

std::string written(const Arrival &arrival)
{
    if (const auto *request = std::get_if<Request>(&arrival))
        return writeRequest(*request);
    return writeResponse(std::get<Response>(arrival));
}

} // namespace

TEST(RtspMessage, WritesWhatItRead)
{
    for (const test::MessageCase &item : test::messageCases()) {
        if (item.spelling == test::Spelling::Theirs)
            continue;
        EXPECT_EQ(written(item.arrival), item.bytes) << item.name;
    }
}

TEST(RtspMessage, ReadsWhatItWrites)
{
    for (const auto &cases : {test::requestCases(), test::responseCases()}) {
        for (const test::MessageCase &item : cases) {
            if (item.name == "no_reason") // gets the standard one
                continue;
            const test::Reading reading = test::readWhole(written(item.arrival));
            ASSERT_EQ(reading.arrivals.size(), 1U) << item.name;
            EXPECT_EQ(reading.arrivals[0], item.arrival) << item.name;
        }
    }
}

TEST(RtspMessage, R12_ContentLengthIsTheBodysBytes)
{
    Response response;
    response.headers.add("CSeq", "1");
    response.body = "s=M\xc3\xa4rz\r\n";
    EXPECT_EQ(writeResponse(response),
              "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 9\r\n\r\ns=M\xc3\xa4rz\r\n");
    response.headers.add("content-length", "77");
    EXPECT_EQ(writeResponse(response),
              "RTSP/1.0 200 OK\r\nCSeq: 1\r\ncontent-length: 9\r\n\r\ns=M\xc3\xa4rz\r\n");
}

TEST(RtspMessage, StandardReasonWhenThereIsNone)
{
    EXPECT_EQ(writeResponse({454, "", {}, {}}), "RTSP/1.0 454 Session Not Found\r\n\r\n");
    EXPECT_EQ(writeResponse({461, "", {}, {}}), "RTSP/1.0 461 Unsupported transport\r\n\r\n");
    EXPECT_EQ(reasonPhrase(551), "Option not supported");
    EXPECT_EQ(reasonPhrase(299), "Unknown");
}

TEST(RtspMessage, S6_NothingFromOutsideAddsLines)
{
    Response response;
    response.reason = "Bad\r\nX: y";
    response.headers.add("Unsupported", std::string("a\r\nSet-Evil: 1\n\0b", 17));
    const std::string text = writeResponse(response);
    EXPECT_EQ(text, "RTSP/1.0 200 Bad  X: y\r\nUnsupported: a  Set-Evil: 1  b\r\n\r\n");
    Request request{"PLAY", "rtsp://h/\r\nX: y", "", {}, {}};
    EXPECT_EQ(writeRequest(request), "PLAY rtsp://h/  X: y RTSP/1.0\r\n\r\n");
}

TEST(RtspMessage, R2_HeaderNamesCompareWithoutCase)
{
    Headers headers;
    headers.add("Session", "first");
    headers.add("SESSION", "second");
    EXPECT_EQ(headers.find("sEsSiOn"), "first");
    EXPECT_FALSE(headers.find("Sessions"));
    EXPECT_EQ(headers.all().size(), 2U);
    EXPECT_TRUE(equalsIgnoringCase("", ""));
    EXPECT_FALSE(equalsIgnoringCase("a", "ab"));
    EXPECT_FALSE(equalsIgnoringCase("[", "{")); // 32 apart, and no letters
}

} // namespace heliograph::rtsp
