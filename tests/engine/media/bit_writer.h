// The opposite of media/bit_reader.h: makes parameter sets that no encoder at hand makes.
#pragma once

#include <cstdint>
#include <vector>

namespace heliograph::test {

class BitWriter {
public:
    BitWriter &bits(int count, std::uint32_t value)
    {
        for (int i = count - 1; i >= 0; --i)
            bit((value >> i) & 1);
        return *this;
    }

    // ue(v)
    BitWriter &golomb(std::uint32_t value)
    {
        const std::uint64_t code = std::uint64_t{value} + 1;
        int length = 0;
        while (code >> (length + 1) != 0)
            ++length;
        bits(length, 0);
        bit(1);
        return bits(length, std::uint32_t(code - (std::uint64_t{1} << length)));
    }

    // se(v)
    BitWriter &signedGolomb(std::int32_t value)
    {
        return golomb(value > 0 ? std::uint32_t(value) * 2 - 1 : std::uint32_t(-value) * 2);
    }

    // The bytes so far, with the stop bit.
    std::vector<std::uint8_t> finish()
    {
        bit(1);
        return m_bytes;
    }

private:
    void bit(std::uint32_t value)
    {
        if (m_used % 8 == 0)
            m_bytes.push_back(0);
        m_bytes.back() = std::uint8_t(m_bytes.back() | (value << (7 - m_used % 8)));
        ++m_used;
    }

    std::vector<std::uint8_t> m_bytes;
    int m_used = 0;
};

} // namespace heliograph::test
