// Unguessable numbers, handed in so that tests can repeat them.
// Thread: any. Owner: the composition root.
#pragma once

#include <cstdint>
#include <span>

namespace heliograph {

class Random {
public:
    virtual ~Random() = default;
    virtual std::uint32_t next32() = 0;
    virtual void fill(std::span<std::uint8_t> bytes)
    {
        for (std::uint8_t &byte : bytes)
            byte = std::uint8_t(next32());
    }
    std::uint64_t next64() { return (std::uint64_t{next32()} << 32) | next32(); }
};

// OpenSSL's generator, which the system seeds. (std::random_device may cost 40 us a number where
// the processor's own instruction traps: the 3 KiB of a handshake then hold up the loop for 130
// ms.)
class SystemRandom final : public Random {
public:
    std::uint32_t next32() override;
    void fill(std::span<std::uint8_t> bytes) override;
};

} // namespace heliograph
