#include "wire/rtsp/reader.h"

#include "engine/wire/cases/message_cases.h"
#include "engine/wire/reading.h"

#include <chrono>
#include <gtest/gtest.h>

namespace heliograph::rtsp {

using test::Reading;
using test::readInPieces;
using test::readWhole;
using test::spanOf;

namespace {

// Media and talk mixed, as while a client plays over TCP.
std::string mixedStream()
{
    std::string stream;
    for (const test::MessageCase &item : test::messageCases())
        stream += item.bytes + std::string("$\x02\x00\x05\r\n\r\n$", 9);
    return stream + std::string("$\x01\x00\x00", 4);
}

std::vector<Arrival> mixedArrivals()
{
    std::vector<Arrival> arrivals;
    for (const test::MessageCase &item : test::messageCases()) {
        arrivals.push_back(item.arrival);
        arrivals.emplace_back(InterleavedFrame{2, {'\r', '\n', '\r', '\n', '$'}});
    }
    arrivals.emplace_back(InterleavedFrame{1, {}});
    return arrivals;
}

} // namespace

TEST(RtspReader, R2_R37_ReadsEveryCase)
{
    for (const test::MessageCase &item : test::messageCases()) {
        SCOPED_TRACE(item.name);
        const Reading reading = readWhole(item.bytes);
        EXPECT_FALSE(reading.error);
        ASSERT_EQ(reading.arrivals.size(), 1U);
        EXPECT_EQ(reading.arrivals[0], item.arrival);
    }
}

TEST(RtspReader, R3_SaysWhenTheFramingIsLost)
{
    for (const test::LostFramingCase &item : test::lostFramingCases()) {
        SCOPED_TRACE(item.name);
        EXPECT_EQ(readWhole(item.bytes).error, item.code);
        EXPECT_EQ(readInPieces(spanOf(item.bytes), 1).error, item.code);
    }
}

TEST(RtspReader, R3_StaysLost)
{
    Reader reader;
    reader.feed(spanOf("\x16\x03"));
    EXPECT_FALSE(reader.next());
    reader.feed(spanOf("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"));
    EXPECT_FALSE(reader.next());
    EXPECT_EQ(reader.buffered(), 0U);
}

TEST(RtspReader, R1_MissingCSeqKeepsTheConnectionUsable)
{
    const Reading reading =
        readWhole("OPTIONS * RTSP/1.0\r\n\r\nOPTIONS * RTSP/1.0\r\nCSeq: 2\r\n\r\n");
    ASSERT_EQ(reading.arrivals.size(), 2U);
    EXPECT_EQ(std::get<BadRequest>(reading.arrivals[0]).status, 400);
    EXPECT_EQ(std::get<Request>(reading.arrivals[1]).headers.find("cseq"), "2");
}

TEST(RtspReader, R4_BodyIsConsumedBeforeTheNextMessage)
{
    using namespace std::string_literals;
    const std::string body = "\r\n$\1\0\0\r\n"s;
    const Reading both =
        readWhole("SET_PARAMETER * RTSP/1.0\r\nContent-Length: 8\r\nCSeq: 1\r\n\r\n" + body
                  + "OPTIONS * RTSP/1.0\r\nCSeq: 2\r\n\r\n");
    ASSERT_EQ(both.arrivals.size(), 2U);
    EXPECT_EQ(std::get<Request>(both.arrivals[0]).body, body);
    EXPECT_EQ(std::get<Request>(both.arrivals[1]).method, "OPTIONS");
}

TEST(RtspReader, R5_SplitAtEveryByte)
{
    const std::string stream = mixedStream();
    const std::vector<Arrival> expected = mixedArrivals();
    for (std::size_t at = 0; at <= stream.size(); ++at) {
        Reader reader;
        Reading reading;
        reader.feed(spanOf(stream).first(at));
        EXPECT_TRUE(test::drain(reader, reading));
        reader.feed(spanOf(stream).subspan(at));
        EXPECT_TRUE(test::drain(reader, reading));
        ASSERT_EQ(reading.arrivals, expected) << "split at " << at;
    }
}

TEST(RtspReader, R5_PiecesOfAnySize)
{
    const std::string stream = mixedStream();
    const std::vector<Arrival> expected = mixedArrivals();
    for (std::size_t piece = 1; piece < 200; ++piece)
        ASSERT_EQ(readInPieces(spanOf(stream), piece).arrivals, expected) << piece << " bytes";
}

TEST(RtspReader, R31_HundredRequestsInOneSegment)
{
    std::string stream;
    for (int i = 0; i < 100; ++i)
        stream += "OPTIONS * RTSP/1.0\r\nCSeq: " + std::to_string(i) + "\r\n\r\n";
    const Reading reading = readWhole(stream);
    ASSERT_EQ(reading.arrivals.size(), 100U);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(std::get<Request>(reading.arrivals[i]).headers.find("CSeq"), std::to_string(i));
}

TEST(RtspReader, R3_HeadersUpToTheLimit)
{
    const std::string begin = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nX: ";
    const std::string end = "\r\n\r\n";
    const std::size_t limit = ReaderLimits().headerBytes;
    const std::string fits(limit - begin.size() - end.size(), 'x');
    EXPECT_EQ(readWhole(begin + fits + end).arrivals.size(), 1U);
    EXPECT_EQ(readWhole(begin + fits + 'x' + end).error, ErrorCode::TooLarge);
    EXPECT_EQ(readWhole(begin + fits + fits).error, ErrorCode::TooLarge); // without an end
}

TEST(RtspReader, R3_HoldsNoMoreThanItsLimits)
{
    Reader reader;
    const std::string line = "OPTIONS * RTSP/1.0\r\nX: ";
    reader.feed(spanOf(line));
    std::size_t most = 0;
    const std::vector<std::uint8_t> piece(1000, 'x');
    for (int i = 0; i < 1000; ++i) {
        reader.feed(piece);
        const bool lost = !reader.next();
        most = std::max(most, reader.buffered());
        if (lost)
            break;
    }
    EXPECT_LE(most, ReaderLimits().headerBytes);
    EXPECT_EQ(reader.buffered(), 0U);
}

// Each byte is looked at once. A reader that began anew for each would look at two thousand
// million lines here.
TEST(RtspReader, R3_TakesLinearTimeByteByByte)
{
    constexpr std::size_t lines = 1 << 15;
    Reader reader({lines * 8, lines * 2, lines * 8});
    Reading reading;
    std::string stream = "SET_PARAMETER * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 100000\r\n";
    for (std::size_t i = 0; i < lines; ++i)
        stream += "A:\r\n";
    stream += "\r\n" + std::string(100000, '\n');
    const auto begin = std::chrono::steady_clock::now();
    for (const char c : stream) {
        reader.feed(spanOf({&c, 1}));
        ASSERT_TRUE(test::drain(reader, reading));
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(100));
    ASSERT_EQ(reading.arrivals.size(), 1U);
    EXPECT_EQ(std::get<Request>(reading.arrivals[0]).body.size(), 100000U);
}

TEST(RtspReader, R5_LargestFrame)
{
    std::string stream("$\x07\xff\xff", 4);
    stream += std::string(65535, 'z');
    const Reading reading = readInPieces(spanOf(stream), 1460);
    ASSERT_EQ(reading.arrivals.size(), 1U);
    EXPECT_EQ(std::get<InterleavedFrame>(reading.arrivals[0]).channel, 7);
    EXPECT_EQ(std::get<InterleavedFrame>(reading.arrivals[0]).payload.size(), 65535U);
}

TEST(RtspReader, R3_LimitsAreTheCallers)
{
    Reader reader({100, 2, 10});
    reader.feed(spanOf("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nA: b\r\nC: d\r\n\r\n"));
    EXPECT_EQ(reader.next().error().code, ErrorCode::TooLarge);
    Reader body({100, 2, 10});
    body.feed(spanOf("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 11\r\n\r\n"));
    EXPECT_EQ(body.next().error().code, ErrorCode::TooLarge);
}

} // namespace heliograph::rtsp
