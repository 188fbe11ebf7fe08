// Pictures for a feed: true parameter sets of a 320x240 stream, and slices of any size that nobody
// decodes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heliograph::test {

inline std::vector<std::uint8_t> parameterSets()
{
    return {0,    0,    0, 1, 0x67, 0x42, 0xc0, 0x0d, 0xda, 0x05, 0x07, 0xe8,
            0x40, 0,    0, 3, 0,    0x40, 0,    0,    0,    0x0f, 0x23, 0xc5,
            0x0a, 0xa8, 0, 0, 0,    1,    0x68, 0xce, 0x0f, 0xc8};
}

// type: the NAL unit's first byte. bytes: of the whole unit.
inline std::vector<std::uint8_t> slice(std::uint8_t type, std::size_t bytes)
{
    std::vector<std::uint8_t> unit(bytes, 0x5a);
    unit[0] = type;
    unit[1] = 0x88; // first_mb_in_slice 0
    return unit;
}

inline std::vector<std::uint8_t> pictureOf(std::vector<std::uint8_t> before,
                                           const std::vector<std::uint8_t> &unit)
{
    before.insert(before.end(), {0, 0, 1});
    before.insert(before.end(), unit.begin(), unit.end());
    return before;
}

// Annex B: SPS, PPS, an IDR slice of so many bytes.
inline std::vector<std::uint8_t> idrPicture(std::size_t bytes)
{
    return pictureOf(parameterSets(), slice(0x65, bytes));
}

inline std::vector<std::uint8_t> interPicture(std::size_t bytes)
{
    return pictureOf({}, slice(0x41, bytes));
}

} // namespace heliograph::test
