// The picture that an encoder is tried out with, and the look at what becomes of it.
// Thread: whoever probes. Owner: the probe.
#pragma once

#include "media/frames.h"

#include <memory>

namespace heliograph::probe {

// A slope of grey that moves with the number. Large enough for every hardware.
VideoFrame picture(int number);

class PictureJudge {
public:
    PictureJudge();
    ~PictureJudge();

    // The pictures of an encoder one after the other, from the first on: decoded, it is the one
    // that was given, but for what a fair bitrate loses.
    bool looksRight(const AccessUnit &unit);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace heliograph::probe
