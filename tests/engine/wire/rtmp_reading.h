// Feeds a chunk reader and collects what comes out, in any way of cutting the stream.
#pragma once

#include "wire/rtmp/chunk_reader.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace heliograph::test {

struct ChunkReading {
    std::vector<rtmp::Message> messages;
    std::optional<ErrorCode> error;
    bool operator==(const ChunkReading &) const = default;
};

// False when the framing was lost.
inline bool drain(rtmp::ChunkReader &reader, ChunkReading &reading)
{
    while (true) {
        Result<std::optional<rtmp::Message>> message = reader.next();
        if (!message) {
            reading.error = message.error().code;
            return false;
        }
        if (!*message)
            return true;
        reading.messages.push_back(std::move(**message));
    }
}

// In pieces of this many bytes.
inline ChunkReading readChunks(ByteSpan stream, std::size_t piece, rtmp::ChunkLimits limits = {})
{
    rtmp::ChunkReader reader(limits);
    ChunkReading reading;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        reader.feed(stream.subspan(at, std::min(piece, stream.size() - at)));
        if (!drain(reader, reading))
            break;
    }
    return reading;
}

inline ChunkReading readChunks(ByteSpan stream)
{
    return readChunks(stream, std::max<std::size_t>(stream.size(), 1));
}

} // namespace heliograph::test
