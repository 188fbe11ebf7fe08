// What a fuzz target demands: when it does not hold, the process dies, which libFuzzer, CTest and
// a debugger all understand.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace heliograph::fuzz {

inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

} // namespace heliograph::fuzz
