// Reads the bit fields and Exp-Golomb codes of ITU-T H.264 (sections 7.2 and 9.1), most
// significant bit first. Past the end everything reads as zero and failed() says so, so that a
// parser may read a whole structure and check once.
// Thread: any one at a time. Owner: the parser, on its stack.
#pragma once

#include "core/bytes.h"

#include <cstdint>

namespace heliograph::h264 {

class BitReader {
public:
    explicit BitReader(ByteSpan bytes)
        : m_bytes(bytes)
    {
    }

    bool failed() const { return m_failed; }

    bool flag() { return bits(1) != 0; }

    // count: at most 32.
    std::uint32_t bits(int count)
    {
        std::uint32_t value = 0;
        for (int i = 0; i < count; ++i)
            value = (value << 1) | bit();
        return value;
    }

    // ue(v): n zeros, a one, n bits. 32 zeros or more would not fit and break the stream.
    std::uint32_t unsignedGolomb()
    {
        int zeros = 0;
        while (!m_failed && zeros < 32 && bit() == 0)
            ++zeros;
        if (zeros == 32)
            m_failed = true;
        return m_failed ? 0 : ((std::uint32_t{1} << zeros) - 1) + bits(zeros);
    }

    // se(v): 0, 1, -1, 2, -2, …
    std::int64_t signedGolomb()
    {
        const std::int64_t code = unsignedGolomb();
        return code % 2 != 0 ? (code + 1) / 2 : -(code / 2);
    }

private:
    std::uint32_t bit()
    {
        const std::size_t index = m_position / 8;
        if (index >= m_bytes.size()) {
            m_failed = true;
            return 0;
        }
        const std::uint32_t value = (m_bytes[index] >> (7 - m_position % 8)) & 1U;
        ++m_position;
        return value;
    }

    ByteSpan m_bytes;
    std::size_t m_position = 0; // in bits
    bool m_failed = false;
};

} // namespace heliograph::h264
