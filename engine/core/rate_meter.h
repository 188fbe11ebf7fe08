// A rising counter as a rate: the mean over the last second.
// Thread: the loop. Owner: whoever reads the counter.
#pragma once

#include "core/clock.h"

#include <array>
#include <cstdint>

namespace heliograph {

class RateMeter {
public:
    // Called at each snapshot. Returns units a second; 0 until two samples are there. A counter
    // that has fallen is another one: it begins anew.
    double sample(std::uint64_t counter, Timestamp now)
    {
        if (m_next > 0 && counter < m_samples[(m_next - 1) % m_samples.size()].counter)
            m_next = 0;
        m_samples[m_next % m_samples.size()] = {counter, now};
        ++m_next;
        const std::size_t kept = m_next < m_samples.size() ? m_next : m_samples.size();
        const Sample &oldest = m_samples[(m_next - kept) % m_samples.size()];
        const double seconds = std::chrono::duration<double>(now - oldest.when).count();
        return seconds > 0 ? double(counter - oldest.counter) / seconds : 0;
    }

private:
    struct Sample {
        std::uint64_t counter = 0;
        Timestamp when{0};
    };
    std::array<Sample, 5> m_samples; // four intervals of a 4 Hz snapshot
    std::size_t m_next = 0;
};

} // namespace heliograph
