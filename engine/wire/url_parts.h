// What the URLs of all protocols are made of (RFC 3986).
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace heliograph::wire {

// Text such as "50%" is left as it is, as players send it.
std::string percentDecoded(std::string_view text);

// Without empty segments: no slash in front or at the end, none doubled.
std::string foldSlashes(std::string_view path);

struct Authority {
    std::string login; // as sent, "user:password"; "" when there is none
    std::string host; // lower case, percent-decoded, IPv6 without brackets
    std::uint16_t port = 0; // 0: not said
};

// [login "@"] host [":" port], the host in brackets when it is IPv6. Errors: Malformed.
Result<Authority> parseAuthority(std::string_view text);

} // namespace heliograph::wire
