// Sound on the system's clock: a sound card counts its samples with a crystal of its own, which is
// some 10 to 200 ppm off. What comes in with the clock's times is resampled a little, so that what
// goes out has exactly its nominal rate and stays with the pictures for hours.
// Thread: the source's. Owner: the runner's sound chain.
#pragma once

#include "engine/error.h"
#include "media/frames.h"

#include <memory>
#include <optional>

namespace heliograph {

class DriftCorrector {
public:
    DriftCorrector();
    ~DriftCorrector();

    // Samples of a little less or more than the frame's time; none while the filter fills. Their
    // times follow each other without a gap or a jitter. Times that jump by 100 ms begin anew, as
    // another rate or channel count does. Errors: EncoderFailed.
    Result<AudioFrame> correct(const AudioFrame &frame);

    // How much too fast the card's clock runs, in parts per million; nothing: not known yet.
    std::optional<double> driftPpm() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace heliograph
