// A chunk stream of any bytes: cutting it differently changes nothing, it holds no more than came,
// and its messages survive being written and read again, in both ways of writing.
//
// Script: pieces of u8 + 1 bytes, then the stream.
#include "engine/wire/rtmp_reading.h"
#include "fuzz/require.h"
#include "fuzz/script.h"
#include "fuzz/targets.h"
#include "wire/rtmp/chunk_writer.h"
#include "wire/rtmp/control.h"

namespace heliograph::fuzz {

namespace {

constexpr std::uint32_t chunkSize = 5;

// Small enough for a short input to reach them.
rtmp::ChunkLimits limits()
{
    return {2000, 3000, 4, 8};
}

void checkHeld(ByteSpan stream)
{
    rtmp::ChunkReader reader;
    test::ChunkReading reading;
    reader.feed(stream);
    test::drain(reader, reading);
    require(reader.buffered() <= stream.size(), "holds what came");
    require(reader.chunkSize() >= 1, "a chunk size");
}

void checkControl(const rtmp::Message &message)
{
    if (!rtmp::isControl(message.head.type))
        return;
    const auto control = rtmp::parseControl(message.head.type, message.payload);
    if (!control)
        return;
    require(rtmp::typeOf(*control) == message.head.type, "same type");
    require(rtmp::parseControl(message.head.type, rtmp::writePayload(*control)) == *control,
            "same control message");
}

// The reader obeys these and hands them not on.
bool isObeyed(rtmp::MessageType type)
{
    return type == rtmp::MessageType::SetChunkSize || type == rtmp::MessageType::Abort;
}

void checkWriting(const std::vector<rtmp::Message> &messages)
{
    std::vector<std::uint8_t> smallest = rtmp::writeControl(rtmp::SetChunkSize{chunkSize});
    std::vector<std::uint8_t> plain = smallest;
    rtmp::ChunkWriter writer;
    writer.setChunkSize(chunkSize);
    for (const rtmp::Message &message : messages) {
        require(!isObeyed(message.head.type), "obeyed, not handed on");
        const ByteSpan parts[] = {message.payload};
        writer.append(smallest, message);
        rtmp::appendMessage(plain, message.head, parts, chunkSize);
    }
    require(test::readChunks(smallest).messages == messages, "same by the smallest headers");
    require(test::readChunks(plain).messages == messages, "same by whole headers");
}

} // namespace

int runRtmpChunks(ByteSpan input)
{
    Script script(input);
    const std::size_t piece = script.byte() + std::size_t{1};
    const ByteSpan stream = script.bytes(input.size());
    const auto whole = test::readChunks(stream, std::max<std::size_t>(stream.size(), 1), limits());
    require(test::readChunks(stream, piece, limits()) == whole, "cuts do not matter");
    require(test::readChunks(stream, 1, limits()) == whole, "nor the finest ones");
    for (const rtmp::Message &message : whole.messages) {
        require(message.payload.size() <= limits().messageBytes, "no message past the cap");
        checkControl(message);
    }
    checkHeld(stream);
    checkWriting(whole.messages);
    return 0;
}

} // namespace heliograph::fuzz
