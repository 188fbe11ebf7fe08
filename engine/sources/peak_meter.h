// The loudest sample since somebody looked.
// Thread: note() on the one that has the sound, the others on any. Owner: whoever shows it.
#pragma once

#include "media/frames.h"

#include <atomic>
#include <optional>

namespace heliograph {

class PeakMeter {
public:
    void note(const AudioFrame &frame);
    void reset();

    // In dBFS, -90 for silence. Nothing: no sound has come yet.
    std::optional<double> takePeak();

private:
    std::atomic<bool> m_heard{false};
    std::atomic<float> m_peak{0}; // 0 to 1 and beyond
};

} // namespace heliograph
