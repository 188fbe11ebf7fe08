// Unguessable numbers, handed in so that tests can repeat them.
// Thread: any. Owner: the composition root.
#pragma once

#include <cstdint>
#include <random>

namespace heliograph {

class Random {
public:
    virtual ~Random() = default;
    virtual std::uint32_t next32() = 0;
    std::uint64_t next64() { return (std::uint64_t{next32()} << 32) | next32(); }
};

// The system's own source (getrandom).
class SystemRandom final : public Random {
public:
    std::uint32_t next32() override { return std::random_device{}(); }
};

} // namespace heliograph
