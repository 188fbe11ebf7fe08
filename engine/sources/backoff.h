// How long a source that failed is left alone: more and more, and never quite the same, so that
// many cameras behind one switch do not all come back at one instant.
// Thread: the runner's. Owner: the runner.
#pragma once

#include "core/random.h"
#include "engine/error.h"

#include <chrono>

namespace heliograph {

class Backoff {
public:
    explicit Backoff(Random &random)
        : m_random(random)
    {
    }

    // It has delivered: what fails now is another trouble.
    void begin() { m_last = {}; }
    std::chrono::milliseconds next(ErrorCode why);

private:
    std::chrono::milliseconds scattered(std::chrono::milliseconds time);

    Random &m_random;
    std::chrono::milliseconds m_last{0}; // without the scatter
};

} // namespace heliograph
