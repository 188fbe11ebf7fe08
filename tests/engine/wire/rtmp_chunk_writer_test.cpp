#include "wire/rtmp/chunk_writer.h"

#include "engine/media/hex.h"
#include "engine/wire/cases/rtmp_chunk_cases.h"
#include "engine/wire/rtmp_reading.h"

#include <gtest/gtest.h>

namespace heliograph::rtmp {

using test::ChunkReading;
using test::hex;
using test::messageOf;
using test::readChunks;
using test::vectorOf;

namespace {

using Octets = std::vector<std::uint8_t>;

Octets written(const MessageHead &head, std::string_view payload, std::size_t chunkSize = 128)
{
    return vectorOf(writeMessage(head, hex(payload), chunkSize));
}

Octets delta(const DeltaHead &head, std::string_view payload, std::size_t chunkSize = 128)
{
    const Octets bytes = hex(payload);
    const ByteSpan parts[] = {bytes};
    return vectorOf(writeDelta(head, parts, chunkSize));
}

MessageHead videoAt(std::uint32_t timestamp)
{
    return {chunk_stream::video, MessageType::Video, 1, timestamp};
}

DeltaHead videoAfter(std::uint32_t delta)
{
    return {chunk_stream::video, MessageType::Video, delta};
}

Octets joined(std::initializer_list<ByteSpan> parts)
{
    Octets all;
    for (const ByteSpan part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace

TEST(RtmpChunkWriter, T4_Fmt0HasTheAbsoluteTime)
{
    EXPECT_EQ(written(videoAt(16), "bbcc"), hex("06 000010 000002 09 01000000 bbcc"));
    EXPECT_EQ(written(videoAt(0xFFFFFE), "bb"), hex("06 fffffe 000001 09 01000000 bb"));
    EXPECT_EQ(written(videoAt(0xFFFFFF), "bb"), hex("06 ffffff 000001 09 01000000 00ffffff bb"));
    EXPECT_EQ(written(videoAt(0x1000000), "bb"), hex("06 ffffff 000001 09 01000000 01000000 bb"));
    EXPECT_EQ(written(videoAt(0xFFFFFFFF), "bb"), hex("06 ffffff 000001 09 01000000 ffffffff bb"));
}

TEST(RtmpChunkWriter, T4_Fmt1HasTheDelta)
{
    EXPECT_EQ(delta(videoAfter(33), "bb"), hex("46 000021 000001 09 bb"));
    EXPECT_EQ(delta(videoAfter(0xFFFFFE), "bb"), hex("46 fffffe 000001 09 bb"));
    EXPECT_EQ(delta(videoAfter(0xFFFFFF), "bb"), hex("46 ffffff 000001 09 00ffffff bb"));
    EXPECT_EQ(delta(videoAfter(0x1000000), "bb"), hex("46 ffffff 000001 09 01000000 bb"));
}

// Past four hours and forty minutes the time is extended, and the delta is not.
TEST(RtmpChunkWriter, T4_TheFieldsOwnValueDecides)
{
    for (const std::uint32_t start : {0xFFFFFEU, 0xFFFFFFU, 0x1000000U, 0xFFFFFFF0U}) {
        const Octets stream = joined({writeMessage(videoAt(start), hex("aa"), 128),
                                      delta(videoAfter(33), "bb"), delta(videoAfter(33), "cc")});
        EXPECT_EQ(delta(videoAfter(33), "bb"), hex("46 000021 000001 09 bb"));
        EXPECT_EQ(
            readChunks(stream).messages,
            (std::vector{messageOf(6, 9, 1, start, "aa"), messageOf(6, 9, 1, start + 33, "bb"),
                         messageOf(6, 9, 1, start + 66, "cc")}))
            << start;
    }
}

TEST(RtmpChunkWriter, T4_ContinuationsRepeatTheExtendedField)
{
    EXPECT_EQ(written(videoAt(0xFFFFFE), "1122334455", 2),
              hex("06 fffffe 000005 09 01000000 1122 c6 3344 c6 55"));
    EXPECT_EQ(written(videoAt(0xFFFFFF), "1122334455", 2),
              hex("06 ffffff 000005 09 01000000 00ffffff 1122 c6 00ffffff 3344 c6 00ffffff 55"));
    EXPECT_EQ(delta(videoAfter(0x1000000), "112233", 2),
              hex("46 ffffff 000003 09 01000000 1122 c6 01000000 33"));
}

TEST(RtmpChunkWriter, T2_CsidsOfOneTwoAndThreeBytes)
{
    const auto at = [](std::uint32_t csid) { return MessageHead{csid, MessageType::Audio, 1, 0}; };
    EXPECT_EQ(written(at(63), "aabb", 1), hex("3f 000000 000002 08 01000000 aa ff bb"));
    EXPECT_EQ(written(at(64), "aabb", 1), hex("00 00 000000 000002 08 01000000 aa c0 00 bb"));
    EXPECT_EQ(written(at(319), "aabb", 1), hex("00 ff 000000 000002 08 01000000 aa c0 ff bb"));
    EXPECT_EQ(written(at(320), "aabb", 1), hex("01 0001 000000 000002 08 01000000 aa c1 0001 bb"));
    EXPECT_EQ(written(at(65599), "aabb", 1),
              hex("01 ffff 000000 000002 08 01000000 aa c1 ffff bb"));
}

TEST(RtmpChunkWriter, T5_AnEmptyMessageIsAChunk)
{
    EXPECT_EQ(written(videoAt(5), ""), hex("06 000005 000000 09 01000000"));
    EXPECT_EQ(delta(videoAfter(5), ""), hex("46 000005 000000 09"));
}

TEST(RtmpChunkWriter, NoChunkWithoutPayloadAtTheEnd)
{
    EXPECT_EQ(written(videoAt(0), "11223344", 2), hex("06 000000 000004 09 01000000 1122 c6 3344"));
    EXPECT_EQ(written(videoAt(0), "11", 1), hex("06 000000 000001 09 01000000 11"));
}

TEST(RtmpChunkWriter, PartsFollowEachOtherWhateverTheChunks)
{
    const Octets a = hex("112233");
    const Octets b = hex("4455");
    const ByteSpan parts[] = {a, {}, b};
    for (std::size_t chunkSize = 1; chunkSize < 8; ++chunkSize)
        EXPECT_EQ(vectorOf(writeMessage(videoAt(7), parts, chunkSize)),
                  written(videoAt(7), "1122334455", chunkSize));
}

TEST(RtmpChunkWriter, T2_AClientWritesTheSmallestHeader)
{
    ChunkWriter writer;
    Octets out;
    writer.append(out, messageOf(4, 8, 1, 0, "aa"));
    writer.append(out, messageOf(4, 8, 1, 23, "bb")); // another delta
    writer.append(out, messageOf(4, 8, 1, 46, "cc")); // all the same
    writer.append(out, messageOf(4, 8, 1, 69, "ddee")); // another length
    writer.append(out, messageOf(4, 8, 2, 92, "ddee")); // another stream
    EXPECT_EQ(out,
              hex("04 000000 000001 08 01000000 aa 84 000017 bb c4 cc 44 000017 000002 08 ddee"
                  "04 00005c 000002 08 02000000 ddee"));
}

TEST(RtmpChunkWriter, T5_ATimeThatWentBackIsFmt0)
{
    ChunkWriter writer;
    Octets out;
    writer.append(out, messageOf(4, 8, 1, 100, "aa"));
    writer.append(out, messageOf(4, 8, 1, 99, "bb"));
    writer.append(out, messageOf(4, 8, 1, 0xFFFFFFF0, "cc"));
    writer.append(out, messageOf(4, 8, 1, 0x10, "dd")); // round the end: forward
    EXPECT_EQ(out,
              hex("04 000064 000001 08 01000000 aa 04 000063 000001 08 01000000 bb"
                  "04 ffffff 000001 08 01000000 fffffff0 cc 84 000020 dd"));
}

// A clock that runs for six hours and jumps over 2^32 ms, as encoders write and as we do.
TEST(RtmpChunkWriter, T4_PlaysOnPastFourHoursAndFortyMinutes)
{
    for (const std::uint32_t start : {0U, 0xFFFFFFFFU - 3'600'000U}) {
        ChunkWriter encoder;
        encoder.setChunkSize(8);
        Octets encoded = joined({hex("02 000000 000004 01 00000000 00000008")});
        Octets ours = encoded;
        std::vector<Message> sent;
        constexpr std::uint32_t step = 9973; // ms
        for (std::uint32_t at = 0; at < 6U * 3'600'000; at += step) {
            Message message = messageOf(6, 9, 1, start + at, "112233445566778899aabb");
            encoder.append(encoded, message);
            const ByteSpan parts[] = {message.payload};
            ours = joined({ours,
                           at == 0 ? writeMessage(message.head, parts, 8)
                                   : writeDelta(videoAfter(step), parts, 8)});
            sent.push_back(std::move(message));
        }
        EXPECT_TRUE(readChunks(encoded).messages == sent);
        EXPECT_TRUE(readChunks(ours).messages == sent);
    }
}

// Every message anew with an absolute time, as a publisher that starts late in its clock.
TEST(RtmpChunkWriter, T3_T4_EveryTimeAroundTheEdgesComesBack)
{
    for (const std::uint32_t edge : {0xFFFFFFU, 0x1000000U, 0U}) {
        for (std::uint32_t at = edge - 3; at != edge + 4; ++at) {
            for (const std::size_t chunkSize : {1, 2, 5, 128}) {
                const Octets stream =
                    joined({writeMessage({2, MessageType::SetChunkSize, 0, 0},
                                         hex(chunkSize == 128     ? "00000080"
                                                 : chunkSize == 5 ? "00000005"
                                                 : chunkSize == 2 ? "00000002"
                                                                  : "00000001"),
                                         128),
                            writeMessage(videoAt(at), hex("112233445566"), chunkSize)});
                EXPECT_EQ(readChunks(stream, 1).messages,
                          (std::vector{messageOf(6, 9, 1, at, "112233445566")}));
            }
        }
    }
}

} // namespace heliograph::rtmp
