// Numbers in network byte order, from and into bytes. The caller has checked the length.
// Thread: any (pure functions on bytes).
#pragma once

#include "core/bytes.h"

#include <cstdint>
#include <vector>

namespace heliograph::wire {

inline std::uint16_t read16(ByteSpan bytes, std::size_t at)
{
    return std::uint16_t((bytes[at] << 8) | bytes[at + 1]);
}

inline std::uint32_t read32(ByteSpan bytes, std::size_t at)
{
    return (std::uint32_t{read16(bytes, at)} << 16) | read16(bytes, at + 2);
}

inline void write16(std::uint8_t *out, std::uint16_t value)
{
    out[0] = std::uint8_t(value >> 8);
    out[1] = std::uint8_t(value);
}

inline void write32(std::uint8_t *out, std::uint32_t value)
{
    write16(out, std::uint16_t(value >> 16));
    write16(out + 2, std::uint16_t(value));
}

inline void append16(std::vector<std::uint8_t> &out, std::uint16_t value)
{
    out.push_back(std::uint8_t(value >> 8));
    out.push_back(std::uint8_t(value));
}

inline void append32(std::vector<std::uint8_t> &out, std::uint32_t value)
{
    append16(out, std::uint16_t(value >> 16));
    append16(out, std::uint16_t(value));
}

} // namespace heliograph::wire
