// Numbers that repeat from run to run.
#pragma once

#include "core/random.h"

namespace heliograph::test {

class CountingRandom final : public Random {
public:
    std::uint32_t next32() override { return ++m_last * 2654435761U; }

private:
    std::uint32_t m_last = 0;
};

} // namespace heliograph::test
