#include "wire/rtsp/reader.h"

#include "wire/big_endian.h"
#include "wire/rtsp/head.h"

#include <utility>

namespace heliograph::rtsp {

namespace {

//  '$' | channel | length, 16 bits | payload      RFC 2326 section 10.12
constexpr std::size_t frameHeaderSize = 4;

// Messages begin with a method or "RTSP/": letters, in every method that anybody speaks. It tells
// a TLS greeting or lost framing from a message that is still coming.
bool beginsMessage(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::string *bodyOf(Arrival &message)
{
    if (auto *request = std::get_if<Request>(&message))
        return &request->body;
    if (auto *response = std::get_if<Response>(&message))
        return &response->body;
    return nullptr;
}

} // namespace

void Reader::feed(ByteSpan bytes)
{
    if (m_error)
        return;
    // Moving what is left only when it is the smaller part keeps feeding linear.
    if (m_start > buffered()) {
        m_buffer.erase(m_buffer.begin(), m_buffer.begin() + std::ptrdiff_t(m_start));
        m_start = 0;
    }
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
}

Result<Arrival> Reader::next()
{
    if (m_error)
        return tl::unexpected(*m_error);
    Result<Arrival> arrival = take();
    if (!arrival) {
        m_error = arrival.error();
        m_buffer = {};
        m_start = 0;
    }
    return arrival;
}

Result<Arrival> Reader::take()
{
    if (std::holds_alternative<NeedMore>(m_message)) {
        skipEmptyLines();
        if (held().empty())
            return NeedMore();
        if (held().front() == '$')
            return takeFrame();
        if (Result<> head = takeHead(); !head)
            return tl::unexpected(std::move(head.error()));
    }
    return takeBody();
}

void Reader::skipEmptyLines()
{
    std::size_t empty = 0;
    while (empty < held().size() && (held()[empty] == '\r' || held()[empty] == '\n'))
        ++empty;
    if (empty != 0)
        consume(empty);
}

Arrival Reader::takeFrame()
{
    const ByteSpan bytes = ByteSpan(m_buffer).subspan(m_start);
    if (bytes.size() < frameHeaderSize)
        return NeedMore();
    const std::size_t size = wire::read16(bytes, 2);
    if (bytes.size() < frameHeaderSize + size)
        return NeedMore();
    const ByteSpan payload = bytes.subspan(frameHeaderSize, size);
    InterleavedFrame frame{bytes[1], {payload.begin(), payload.end()}};
    consume(frameHeaderSize + size);
    return frame;
}

// Leaves m_message at NeedMore while the head is not whole.
Result<> Reader::takeHead()
{
    if (!beginsMessage(held().front()))
        return failure(ErrorCode::Malformed, "read RTSP message › neither a message nor a frame");
    const std::optional<std::size_t> size = findHeadEnd();
    if (size.value_or(held().size()) > m_limits.headerBytes)
        return failure(ErrorCode::TooLarge, "read RTSP message › headers");
    if (!size)
        return {};
    Result<Head> head = parseHead(held().substr(0, *size), m_limits);
    if (!head)
        return tl::unexpected(std::move(head.error()));
    consume(*size);
    m_message = std::move(head->message);
    m_bodyBytes = head->bodyBytes;
    return {};
}

Arrival Reader::takeBody()
{
    if (std::holds_alternative<NeedMore>(m_message) || held().size() < m_bodyBytes)
        return NeedMore();
    if (std::string *body = bodyOf(m_message))
        *body = held().substr(0, m_bodyBytes);
    consume(std::exchange(m_bodyBytes, 0));
    return std::exchange(m_message, NeedMore());
}

// The size of the head with the empty line that ends it. Each byte is searched once, however
// small the pieces are in which it comes.
std::optional<std::size_t> Reader::findHeadEnd()
{
    const std::string_view text = held();
    std::size_t line = text.find('\n', m_scanned);
    while (line != std::string_view::npos) {
        const std::string_view behind = text.substr(line + 1, 2);
        if (behind.substr(0, 1) == "\n")
            return line + 2;
        if (behind == "\r\n")
            return line + 3;
        if (behind.empty() || behind == "\r") { // not known yet
            m_scanned = line;
            return std::nullopt;
        }
        line = text.find('\n', line + 1);
    }
    m_scanned = text.size();
    return std::nullopt;
}

std::string_view Reader::held() const
{
    return {reinterpret_cast<const char *>(m_buffer.data()) + m_start, buffered()};
}

void Reader::consume(std::size_t bytes)
{
    m_start += bytes;
    m_scanned = 0;
    if (m_start == m_buffer.size()) {
        m_buffer.clear();
        m_start = 0;
    }
}

} // namespace heliograph::rtsp
