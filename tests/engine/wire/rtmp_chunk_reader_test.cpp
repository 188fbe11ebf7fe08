#include "wire/rtmp/chunk_reader.h"

#include "engine/wire/cases/rtmp_chunk_cases.h"
#include "engine/wire/rtmp_reading.h"

#include <gtest/gtest.h>

namespace heliograph::rtmp {

using test::ChunkReading;
using test::filled;
using test::hex;
using test::messageOf;
using test::readChunks;

TEST(RtmpChunkReader, T2_T3_T5_T6_T21_ReadsEveryCase)
{
    for (const test::ChunkCase &item : test::chunkCases()) {
        SCOPED_TRACE(item.name);
        const ChunkReading reading = readChunks(hex(item.hex));
        EXPECT_EQ(reading.messages, item.messages);
        EXPECT_EQ(reading.error, item.error);
    }
}

TEST(RtmpChunkReader, T2_CutsDoNotMatter)
{
    for (const test::ChunkCase &item : test::chunkCases()) {
        for (std::size_t piece = 1; piece < 20; ++piece) {
            SCOPED_TRACE(item.name + " in pieces of " + std::to_string(piece));
            EXPECT_EQ(readChunks(hex(item.hex), piece), (ChunkReading{item.messages, item.error}));
        }
    }
}

// The largest length there is, said 16 times, for a few bytes.
TEST(RtmpChunkReader, T21_AnAnnouncedLengthCostsNothing)
{
    ChunkReader reader;
    ChunkReading reading;
    reader.feed(hex("02 000000 000004 01 00000000 7fffffff"));
    reader.feed(hex("06 000000 ffffff 09 01000000 aabb"));
    EXPECT_TRUE(test::drain(reader, reading));
    EXPECT_EQ(reader.buffered(), 2U);
    EXPECT_EQ(reader.chunkSize(), 0x7fffffffU);
}

TEST(RtmpChunkReader, T21_AMessagePastTheCapIsRefusedByItsLength)
{
    ChunkLimits limits;
    limits.messageBytes = 4;
    EXPECT_EQ(readChunks(hex("06 000000 000004 09 01000000 11223344"), 1, limits).error,
              std::nullopt);
    EXPECT_EQ(readChunks(hex("06 000000 000005 09 01000000"), 1, limits).error,
              ErrorCode::TooLarge);
}

TEST(RtmpChunkReader, UnfinishedMessagesAreBounded)
{
    ChunkLimits limits;
    limits.partialMessages = 2;
    const auto begin = hex("04 000000 000002 09 01000000 11 05 000000 000002 09 01000000 11"
                           "06 000000 000002 09 01000000 11");
    // The chunk is cut by the chunk size of 1 that comes first.
    auto stream = hex("02 000000 000004 01 00000000 00000001");
    stream.insert(stream.end(), begin.begin(), begin.end());
    EXPECT_EQ(readChunks(stream, 7, limits).error, ErrorCode::TooLarge);
    limits.partialMessages = 3;
    EXPECT_EQ(readChunks(stream, 7, limits).error, std::nullopt);
    limits.partialBytes = 2;
    EXPECT_EQ(readChunks(stream, 7, limits).error, ErrorCode::TooLarge);
}

TEST(RtmpChunkReader, ChunkStreamsAreBounded)
{
    ChunkLimits limits;
    limits.chunkStreams = 2;
    EXPECT_EQ(readChunks(hex("04 000000 000000 09 01000000 05 000000 000000 09 01000000 c4 c5"), 1,
                         limits)
                  .error,
              std::nullopt);
    EXPECT_EQ(readChunks(hex("04 000000 000000 09 01000000 05 000000 000000 09 01000000"
                             "06 000000 000000 09 01000000"),
                         1, limits)
                  .error,
              ErrorCode::TooLarge);
}

TEST(RtmpChunkReader, ALostFramingIsSaidAgain)
{
    ChunkReader reader;
    reader.feed(hex("c7"));
    EXPECT_FALSE(reader.next());
    reader.feed(hex("06 000010 000000 09 01000000"));
    ASSERT_FALSE(reader.next());
    EXPECT_EQ(reader.next().error().detail, "read RTMP chunk › no header to repeat");
    EXPECT_EQ(reader.buffered(), 0U);
}

// What is kept for the cache holds no more memory than it says.
TEST(RtmpChunkReader, CountsWhatItHolds)
{
    ChunkReader reader;
    reader.feed(hex("06 000000 000082 09 01000000 " + filled(128) + "c6 aa"));
    EXPECT_FALSE(*reader.next());
    EXPECT_EQ(reader.buffered(), 129U);
    reader.feed(hex("aa"));
    EXPECT_TRUE(*reader.next());
    EXPECT_EQ(reader.buffered(), 0U);
}

} // namespace heliograph::rtmp
