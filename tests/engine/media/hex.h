// Bytes as people write them down: "67 42 c0 0b" or "6742c00b".
#pragma once

#include "core/bytes.h"

#include <string_view>
#include <vector>

namespace heliograph::test {

inline int nibble(char c)
{
    const std::string_view digits = "0123456789abcdef";
    return int(digits.find(c));
}

// Lower-case digits; blanks are skipped.
inline std::vector<std::uint8_t> hex(std::string_view text)
{
    std::vector<std::uint8_t> bytes;
    int high = -1;
    for (const char c : text) {
        if (c == ' ' || c == '\n')
            continue;
        if (high < 0) {
            high = nibble(c);
            continue;
        }
        bytes.push_back(std::uint8_t(high * 16 + nibble(c)));
        high = -1;
    }
    return bytes;
}

inline std::vector<std::uint8_t> vectorOf(ByteSpan span)
{
    return {span.begin(), span.end()};
}

inline ByteSpan spanOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

} // namespace heliograph::test
