// How a camera's clock goes against ours, by the times it gives its pictures and those at which
// they arrive.
// Thread: one at a time. Owner: the doctor.
#pragma once

#include "core/clock.h"

#include <optional>

namespace heliograph {

class DriftMeter {
public:
    void note(WallTime theirs, WallTime arrived);

    struct Drift {
        double partsPerMillion = 0; // above 0: it is fast
        Timestamp ahead{0}; // below 0: it is behind
    };
    // Nothing before it was watched for long enough.
    std::optional<Drift> measured() const;

private:
    struct Sample {
        WallTime theirs{0};
        Timestamp ahead{0}; // theirs - arrived: the least delayed of its second
    };

    std::optional<Sample> m_first;
    Sample m_current; // of the second that runs
    std::optional<Sample> m_last;
};

} // namespace heliograph
