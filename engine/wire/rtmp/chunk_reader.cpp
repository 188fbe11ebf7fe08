#include "wire/rtmp/chunk_reader.h"

#include "wire/big_endian.h"
#include "wire/rtmp/chunk_writer.h"
#include "wire/rtmp/control.h"

#include <algorithm>
#include <array>
#include <utility>

namespace heliograph::rtmp {

namespace {

constexpr std::array<std::size_t, 4> fieldsOfFmt = {11, 7, 3, 0};

std::uint32_t read24(ByteSpan bytes, std::size_t at)
{
    return (std::uint32_t{bytes[at]} << 16) | wire::read16(bytes, at + 1);
}

std::uint32_t readLittle32(ByteSpan bytes, std::size_t at)
{
    return bytes[at] | (std::uint32_t{bytes[at + 1]} << 8) | (std::uint32_t{bytes[at + 2]} << 16)
        | (std::uint32_t{bytes[at + 3]} << 24);
}

tl::unexpected<Error> broken(const char *what)
{
    return failure(ErrorCode::Malformed, std::string("read RTMP chunk › ") + what);
}

tl::unexpected<Error> tooLarge(const char *what)
{
    return failure(ErrorCode::TooLarge, std::string("read RTMP chunk › ") + what);
}

// Doubles, but never past what the message needs: at most twice what arrived, and no waste in a
// message that is kept.
void makeRoom(std::vector<std::uint8_t> &payload, std::size_t more, std::size_t length)
{
    const std::size_t needed = payload.size() + more;
    if (needed > payload.capacity())
        payload.reserve(std::min(length, std::max(needed, 2 * payload.capacity())));
}

} // namespace

void ChunkReader::feed(ByteSpan bytes)
{
    if (m_error)
        return;
    // Moving what is left only when it is the smaller part keeps feeding linear.
    if (m_start > m_buffer.size() - m_start) {
        m_buffer.erase(m_buffer.begin(), m_buffer.begin() + std::ptrdiff_t(m_start));
        m_start = 0;
    }
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
}

Result<std::optional<Message>> ChunkReader::next()
{
    if (m_error)
        return tl::unexpected(*m_error);
    Result<std::optional<Message>> message = take();
    if (!message) {
        m_error = message.error();
        m_buffer = {};
        m_start = 0;
        m_streams = {};
        m_partialBytes = 0;
    }
    return message;
}

Result<std::optional<Message>> ChunkReader::take()
{
    while (true) {
        if (!m_chunk) {
            const Result<bool> header = takeHeader();
            if (!header)
                return tl::unexpected(header.error());
            if (!*header)
                return std::nullopt;
        }
        if (const Result<> payload = takePayload(); !payload)
            return tl::unexpected(payload.error());
        if (m_chunk->left != 0)
            return std::nullopt;
        Stream &stream = m_streams[m_chunk->stream];
        m_chunk.reset();
        if (stream.payload.size() < stream.length)
            continue;
        Message message = finish(stream);
        const MessageType type = message.head.type;
        if (type != MessageType::SetChunkSize && type != MessageType::Abort)
            return message;
        if (const Result<> obeyed = obey(message); !obeyed)
            return tl::unexpected(obeyed.error());
    }
}

// False when it is not whole yet: nothing is taken then.
Result<bool> ChunkReader::takeHeader()
{
    std::optional<Header> header = peekBasic();
    if (!header || !peekFields(*header))
        return false;
    const Result<Stream *> stream = findOrAdd(*header);
    if (!stream)
        return tl::unexpected(stream.error());
    if (!peekExtension(*header, **stream))
        return false;
    if (const Result<> begun = begin(**stream, *header); !begun)
        return tl::unexpected(begun.error());
    const std::size_t left = (*stream)->length - (*stream)->payload.size();
    m_chunk =
        Chunk{std::size_t(*stream - m_streams.data()), std::min<std::size_t>(left, m_chunkSize)};
    consume(header->size);
    return true;
}

// See chunk_writer.cpp for the layouts. A csid below 64 may be written with three bytes as well.
std::optional<ChunkReader::Header> ChunkReader::peekBasic() const
{
    const ByteSpan bytes = held();
    if (bytes.empty())
        return std::nullopt;
    const std::uint32_t low = bytes[0] & 0x3f;
    const std::size_t size = low < 2 ? low + 2 : 1;
    if (bytes.size() < size)
        return std::nullopt;
    Header header;
    header.fmt = bytes[0] >> 6;
    header.size = size;
    header.csid = low;
    if (low == 0)
        header.csid = 64 + std::uint32_t{bytes[1]};
    if (low == 1)
        header.csid = 64 + bytes[1] + (std::uint32_t{bytes[2]} << 8);
    return header;
}

bool ChunkReader::peekFields(Header &header) const
{
    const std::size_t size = fieldsOfFmt[std::size_t(header.fmt)];
    if (held().size() < header.size + size)
        return false;
    header.fields = held().subspan(header.size, size);
    header.size += size;
    return true;
}

// Whether it is known if there is an extended timestamp, and it is whole. Between the chunks of a
// message some peers repeat it and others do not: it is there when the four bytes are the same.
bool ChunkReader::peekExtension(Header &header, const Stream &stream) const
{
    const bool announced =
        header.fmt == 3 ? stream.extended : read24(header.fields, 0) == extendedFrom;
    if (!announced)
        return true;
    const ByteSpan rest = held().subspan(header.size);
    const ByteSpan bytes = rest.first(std::min<std::size_t>(4, rest.size()));
    if (header.fmt == 3 && stream.partial) {
        std::array<std::uint8_t, 4> repeated{};
        wire::write32(repeated.data(), stream.time);
        if (!std::equal(bytes.begin(), bytes.end(), repeated.begin()))
            return true;
    }
    if (bytes.size() < 4)
        return false;
    header.extension = wire::read32(bytes, 0);
    header.size += 4;
    return true;
}

ChunkReader::Stream *ChunkReader::find(std::uint32_t csid)
{
    const auto found =
        std::ranges::find(m_streams, csid, [](const Stream &stream) { return stream.head.csid; });
    return found == m_streams.end() ? nullptr : &*found;
}

// librtmp begins chunk stream 2 with fmt 1; a shorter header has nothing to refer to.
Result<ChunkReader::Stream *> ChunkReader::findOrAdd(const Header &header)
{
    if (Stream *stream = find(header.csid))
        return stream;
    if (header.fmt >= 2)
        return broken("no header to repeat");
    if (m_streams.size() >= m_limits.chunkStreams)
        return tooLarge("too many chunk streams");
    m_streams.emplace_back().head.csid = header.csid;
    return &m_streams.back();
}

// A header with fields begins a message, even where another was not whole: the sender gave that
// up. One without them goes on with it, or repeats the last header for a new message.
Result<> ChunkReader::begin(Stream &stream, const Header &header)
{
    if (header.fmt == 3 && stream.partial)
        return {};
    drop(stream);
    readFields(stream, header);
    if (stream.length > m_limits.messageBytes)
        return tooLarge("message");
    if (std::ranges::count(m_streams, true, &Stream::partial)
        >= std::ptrdiff_t(m_limits.partialMessages))
        return tooLarge("too many unfinished messages");
    stream.partial = true;
    return {};
}

// fmt 3 adds the delta of the last header. Behind fmt 0 that is its timestamp (section 5.3.1.2.4),
// which FFmpeg, librtmp and SRS write and read so; but an extended one, past four hours, is
// nobody's delta: the message has it as its own time.
void ChunkReader::readFields(Stream &stream, const Header &header)
{
    if (header.fmt <= 2) {
        stream.absolute = header.fmt == 0;
        stream.extended = header.extension.has_value();
        stream.time = read24(header.fields, 0);
    }
    stream.time = header.extension.value_or(stream.time);
    if (header.fmt <= 1) {
        stream.length = read24(header.fields, 3);
        stream.head.type = MessageType(header.fields[6]);
    }
    if (header.fmt == 0)
        stream.head.streamId = readLittle32(header.fields, 7);
    const bool isAbsolute = header.fmt == 0 || (stream.absolute && stream.extended);
    stream.head.timestamp = isAbsolute ? stream.time : stream.head.timestamp + stream.time;
}

// As much of the chunk as is here: the message grows with what arrives, not with its length.
Result<> ChunkReader::takePayload()
{
    const ByteSpan piece = held().first(std::min(m_chunk->left, held().size()));
    if (m_partialBytes + piece.size() > m_limits.partialBytes)
        return tooLarge("unfinished messages");
    Stream &stream = m_streams[m_chunk->stream];
    makeRoom(stream.payload, piece.size(), stream.length);
    stream.payload.insert(stream.payload.end(), piece.begin(), piece.end());
    m_partialBytes += piece.size();
    m_chunk->left -= piece.size();
    consume(piece.size());
    return {};
}

Message ChunkReader::finish(Stream &stream)
{
    m_partialBytes -= stream.payload.size();
    stream.partial = false;
    return {stream.head, Bytes(std::exchange(stream.payload, {}))};
}

Result<> ChunkReader::obey(const Message &message)
{
    const Result<Control> control = parseControl(message.head.type, message.payload);
    if (!control)
        return tl::unexpected(control.error());
    if (const auto *size = std::get_if<SetChunkSize>(&*control))
        m_chunkSize = size->bytes;
    if (const auto *abort = std::get_if<Abort>(&*control)) {
        if (Stream *stream = find(abort->csid))
            drop(*stream);
    }
    return {};
}

void ChunkReader::drop(Stream &stream)
{
    m_partialBytes -= stream.payload.size();
    stream.payload = {};
    stream.partial = false;
}

void ChunkReader::consume(std::size_t bytes)
{
    m_start += bytes;
    if (m_start == m_buffer.size()) {
        m_buffer.clear();
        m_start = 0;
    }
}

} // namespace heliograph::rtmp
