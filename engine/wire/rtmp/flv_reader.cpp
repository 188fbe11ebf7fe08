#include "wire/rtmp/flv_reader.h"

#include "wire/big_endian.h"

namespace heliograph::rtmp {

namespace {

//  "FLV" | version 8 | flags 8 | header size 32 | … | size of the tag before (0) 32
constexpr std::size_t headerSize = 9;
constexpr std::size_t trailerSize = 4;
constexpr std::size_t mostOfHeader = 1024;
constexpr std::size_t mostTaken = 1 << 20;

//  type 8 | body size 24 | time 24 | its high byte 8 | stream 24 | body | size of this tag 32
constexpr std::size_t tagHeadSize = 11;
constexpr std::uint8_t typeMask = 0x1f; // above it: whether the body is encrypted

bool isMedia(MessageType type)
{
    return type == MessageType::Audio || type == MessageType::Video
        || type == MessageType::DataAmf0;
}

} // namespace

Result<std::optional<FlvTag>> FlvReader::next()
{
    const auto ready = takeHeader();
    if (!ready)
        return tl::unexpected(ready.error());
    while (*ready && rest().size() >= tagHeadSize) {
        const ByteSpan head = rest();
        const std::size_t size = wire::read32(head, 0) & 0xffffff;
        if (head.size() < tagHeadSize + size + trailerSize)
            break;
        FlvTag tag;
        tag.type = MessageType(head[0] & typeMask);
        tag.time = wire::read32(head, 4) >> 8 | std::uint32_t{head[7]} << 24;
        if (isMedia(tag.type))
            tag.body = Bytes::copyOf(head.subspan(tagHeadSize, size));
        drop(tagHeadSize + size + trailerSize);
        if (isMedia(tag.type))
            return std::optional(std::move(tag));
    }
    return std::optional<FlvTag>();
}

// False: it is not whole yet.
Result<bool> FlvReader::takeHeader()
{
    if (m_hasHeader)
        return true;
    const ByteSpan bytes = rest();
    if (bytes.size() < headerSize)
        return false;
    const std::size_t size = wire::read32(bytes, 5);
    const bool isFlv = bytes[0] == 'F' && bytes[1] == 'L' && bytes[2] == 'V';
    if (!isFlv || size < headerSize || size > mostOfHeader)
        return failure(ErrorCode::Malformed, "read FLV › header");
    if (bytes.size() < size + trailerSize)
        return false;
    drop(size + trailerSize);
    m_hasHeader = true;
    return true;
}

// Moving what is left for each of many small tags would take long.
void FlvReader::drop(std::size_t count)
{
    m_taken += count;
    if (m_taken < m_bytes.size() && m_taken < mostTaken)
        return;
    m_bytes.erase(m_bytes.begin(), m_bytes.begin() + std::ptrdiff_t(m_taken));
    m_taken = 0;
}

} // namespace heliograph::rtmp
