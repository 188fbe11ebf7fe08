// Cuts messages into chunks (RTMP 1.0 section 5.3).
//
// One block for all viewers: the first message that a viewer gets on a chunk stream has a fmt 0
// header with its own timestamp; all later ones have fmt 1 headers, which hold the time since the
// message before and are the same for everybody (writeDelta). A viewer that missed messages
// begins again with fmt 0.
// Thread: any (pure functions); ChunkWriter: any one at a time, its owner is a client connection.
#pragma once

#include "wire/rtmp/message.h"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace heliograph::rtmp {

// The payload in pieces that follow each other.
using Parts = std::span<const ByteSpan>;

// From this value on, 0xFFFFFF stands in a 24-bit time field and the value follows the header, and
// the header of every further chunk of the message.
inline constexpr std::uint32_t extendedFrom = 0xFFFFFF;

// The whole message with a fmt 0 header: 12 bytes (csid below 64), absolute timestamp, 4 more where
// it is extended. An empty payload makes one chunk without payload.
// payload: 0xFFFFFF bytes at most; chunkSize: 1 to 0x7FFFFFFF.
void appendMessage(std::vector<std::uint8_t> &out, const MessageHead &head, Parts payload,
                   std::size_t chunkSize);
Bytes writeMessage(const MessageHead &head, Parts payload, std::size_t chunkSize);
Bytes writeMessage(const MessageHead &head, ByteSpan payload, std::size_t chunkSize);

// The whole message with a fmt 1 header: 8 bytes (csid below 64), the time since the message before
// on this chunk stream; the message stream is that of the message before.
struct DeltaHead {
    std::uint32_t csid = chunk_stream::video;
    MessageType type = MessageType::Video;
    std::uint32_t delta = 0; // ms
};
Bytes writeDelta(const DeltaHead &head, Parts payload, std::size_t chunkSize);

// A client's side of a connection: the smallest header that says it, as encoders write them (fmt 3
// for the same delta, length and type; fmt 0 for a time that went back).
class ChunkWriter {
public:
    void setChunkSize(std::size_t bytes) { m_chunkSize = bytes; } // after Set Chunk Size was sent
    void append(std::vector<std::uint8_t> &out, const Message &message);

private:
    struct Last {
        MessageHead head;
        std::size_t length = 0;
        std::uint32_t delta = 0; // as a reader holds it: fmt 0 leaves its timestamp here
    };

    std::map<std::uint32_t, Last> m_last; // by csid
    std::size_t m_chunkSize = initialChunkSize;
};

} // namespace heliograph::rtmp
