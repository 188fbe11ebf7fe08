// Fuzz input read as a script: numbers and bytes taken off the front; zeros past the end.
#pragma once

#include "core/bytes.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace heliograph::fuzz {

class Script {
public:
    explicit Script(ByteSpan input)
        : m_rest(input)
    {
    }

    bool empty() const { return m_rest.empty(); }

    std::uint8_t byte()
    {
        if (m_rest.empty())
            return 0;
        const std::uint8_t first = m_rest[0];
        m_rest = m_rest.subspan(1);
        return first;
    }

    std::uint16_t word()
    {
        const std::uint8_t high = byte();
        return std::uint16_t((high << 8) | byte());
    }

    // At most this many; fewer when the input ends.
    ByteSpan bytes(std::size_t count)
    {
        const ByteSpan taken = m_rest.first(std::min(count, m_rest.size()));
        m_rest = m_rest.subspan(taken.size());
        return taken;
    }

private:
    ByteSpan m_rest;
};

} // namespace heliograph::fuzz
