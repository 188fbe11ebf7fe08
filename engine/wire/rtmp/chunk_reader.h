// Puts messages together from a chunk stream (RTMP 1.0 section 5.3), whatever the boundaries at
// which it arrives. Set Chunk Size and Abort are obeyed here and not handed on.
// Thread: any one at a time. Owner: one per connection. Pure: bytes in, values out.
#pragma once

#include "engine/error.h"
#include "wire/rtmp/message.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace heliograph::rtmp {

struct ChunkLimits {
    std::size_t messageBytes = 16 * 1024 * 1024 - 1; // all that the 24 bits of a length can say
    std::size_t partialBytes = 24 * 1024 * 1024; // of all unfinished messages together
    std::size_t partialMessages = 16; // unfinished at the same time
    std::size_t chunkStreams = 64; // ever seen: each costs memory for its last header
};

class ChunkReader {
public:
    explicit ChunkReader(ChunkLimits limits = {})
        : m_limits(limits)
    {
    }

    // For a peer of whom more is known now.
    void setLimits(const ChunkLimits &limits) { m_limits = limits; }

    void feed(ByteSpan bytes);

    // The next whole message; nothing when more bytes are needed.
    // Errors: TooLarge (past a limit), Malformed: the connection cannot go on.
    Result<std::optional<Message>> next();

    std::uint32_t chunkSize() const { return m_chunkSize; } // the peer's, as of now
    // Bytes held: grows with what arrived, never with what was announced.
    std::size_t buffered() const { return m_buffer.size() - m_start + m_partialBytes; }

private:
    struct Stream { // one chunk stream: its last header, and what came of its message
        MessageHead head;
        std::uint32_t length = 0;
        std::uint32_t time = 0; // the time field of the last header, or its extension
        bool extended = false; // the last header had an extension
        bool absolute = false; // the last header but those of fmt 3 was of fmt 0
        bool partial = false; // a message has begun and is not whole
        std::vector<std::uint8_t> payload;
    };
    struct Header { // as it stands in front of a chunk
        int fmt = 0;
        std::uint32_t csid = 0;
        ByteSpan fields; // between the basic header and the extended timestamp
        std::optional<std::uint32_t> extension;
        std::size_t size = 0; // all of it
    };
    struct Chunk { // the chunk whose payload is being read
        std::size_t stream = 0; // index
        std::size_t left = 0; // bytes of it that are still to come
    };

    Result<std::optional<Message>> take();
    Result<bool> takeHeader();
    std::optional<Header> peekBasic() const;
    bool peekFields(Header &header) const;
    bool peekExtension(Header &header, const Stream &stream) const;
    Stream *find(std::uint32_t csid);
    Result<Stream *> findOrAdd(const Header &header);
    Result<> begin(Stream &stream, const Header &header);
    static void readFields(Stream &stream, const Header &header);
    Result<> takePayload();
    Message finish(Stream &stream);
    Result<> obey(const Message &message);
    void drop(Stream &stream);
    ByteSpan held() const { return ByteSpan(m_buffer).subspan(m_start); }
    void consume(std::size_t bytes);

    ChunkLimits m_limits;
    std::uint32_t m_chunkSize = initialChunkSize;
    std::vector<Stream> m_streams;
    std::optional<Chunk> m_chunk;
    std::size_t m_partialBytes = 0;
    std::vector<std::uint8_t> m_buffer;
    std::size_t m_start = 0;
    std::optional<Error> m_error; // the framing is lost: said again for ever
};

} // namespace heliograph::rtmp
