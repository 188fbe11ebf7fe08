// Base64 with the standard alphabet (RFC 4648 section 4).
// Thread: any (pure functions).
#pragma once

#include "core/bytes.h"
#include "engine/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::wire {

std::string toBase64(ByteSpan bytes);
// The padding may be missing. Errors: Malformed.
Result<std::vector<std::uint8_t>> fromBase64(std::string_view text);

} // namespace heliograph::wire
