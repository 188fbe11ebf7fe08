// The head of one RTSP message: its first line and its headers (RFC 2326 sections 4 to 7).
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"
#include "wire/rtsp/reader.h"

#include <cstddef>
#include <string_view>

namespace heliograph::rtsp {

struct Head {
    Arrival message; // a Request or Response without its body, or a BadRequest
    std::size_t bodyBytes = 0;
};

// head: everything up to the empty line.
// Errors, after which nobody knows where the message ends: TooLarge (headers or body past the
// limits), Malformed (Content-Length).
Result<Head> parseHead(std::string_view head, const ReaderLimits &limits);

} // namespace heliograph::rtsp
