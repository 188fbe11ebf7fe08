// Cuts a TCP byte stream into RTSP messages and '$' interleaved frames (RFC 2326 section 10.12),
// whatever the boundaries at which it arrives.
// Thread: any one at a time. Owner: one per connection. Pure: bytes in, values out.
#pragma once

#include "core/bytes.h"
#include "engine/error.h"
#include "wire/rtsp/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace heliograph::rtsp {

struct InterleavedFrame {
    std::uint8_t channel = 0;
    std::vector<std::uint8_t> payload;
    bool operator==(const InterleavedFrame &) const = default;
};

struct NeedMore {
    bool operator==(const NeedMore &) const = default;
};

// A message that breaks the rules, but whose end is known: answer it and go on.
struct BadRequest {
    int status = 400; // 400, 505 for another version
    std::string cseq; // empty when there was none
    std::string reason; // one sentence
    bool operator==(const BadRequest &) const = default;
};

using Arrival = std::variant<NeedMore, Request, Response, InterleavedFrame, BadRequest>;

struct ReaderLimits {
    std::size_t headerBytes = 64 * 1024;
    std::size_t headerCount = 100;
    std::size_t bodyBytes = 256 * 1024;
};

class Reader {
public:
    explicit Reader(ReaderLimits limits = {})
        : m_limits(limits)
    {
    }

    void feed(ByteSpan bytes);

    // The next whole thing, or NeedMore. CRLF and LF line ends, folded header lines, empty lines
    // between messages are accepted.
    // Errors: TooLarge, Malformed: the connection cannot go on (its framing is lost).
    Result<Arrival> next();

    // Bytes held: bounded by headerBytes + bodyBytes, or one interleaved frame.
    std::size_t buffered() const { return m_buffer.size() - m_start; }

private:
    Result<Arrival> take();
    void skipEmptyLines();
    Arrival takeFrame();
    Result<> takeHead();
    Arrival takeBody();
    std::optional<std::size_t> findHeadEnd();
    std::string_view held() const;
    void consume(std::size_t bytes);

    ReaderLimits m_limits;
    std::vector<std::uint8_t> m_buffer;
    std::size_t m_start = 0;
    std::size_t m_scanned = 0; // header bytes already searched for the empty line
    Arrival m_message; // whose body is awaited; NeedMore: none
    std::size_t m_bodyBytes = 0; // of m_message
    std::optional<Error> m_error; // the framing is lost: said again for ever
};

} // namespace heliograph::rtsp
