// Numbers that repeat.
#pragma once

#include "core/random.h"

namespace heliograph::test {

struct CountingRandom final : Random {
    std::uint32_t last = 0;
    std::uint32_t next32() override { return ++last; }
};

} // namespace heliograph::test
