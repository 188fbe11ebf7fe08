// Hashes and the comparison of secrets, by OpenSSL.
// Thread: any (pure functions).
#pragma once

#include "core/bytes.h"

#include <array>
#include <string>
#include <string_view>

namespace heliograph {

// Lower-case hexadecimal.
std::string md5Hex(std::string_view text); // for protocols that ask for it, never for safety
std::string sha256Hex(std::string_view text);
std::string hmacSha256Hex(std::string_view key, std::string_view text);

std::array<std::uint8_t, 32> hmacSha256(ByteSpan key, ByteSpan bytes);

// Takes the same time whatever the texts hold: it tells an attacker nothing about how much of a
// guess was right. Only the length shows.
bool equalSecrets(std::string_view a, std::string_view b);

} // namespace heliograph
