#include "core/random.h"

#include <array>
#include <bit>
#include <cstdlib>
#include <openssl/rand.h>

namespace heliograph {

std::uint32_t SystemRandom::next32()
{
    std::array<std::uint8_t, 4> bytes;
    fill(bytes);
    return std::bit_cast<std::uint32_t>(bytes);
}

void SystemRandom::fill(std::span<std::uint8_t> bytes)
{
    if (RAND_bytes(bytes.data(), int(bytes.size())) != 1)
        std::abort(); // nothing that can be guessed may go out instead
}

} // namespace heliograph
