// A back end whose driver may never answer, as one whose hardware hangs: it runs on a thread of its
// own, and when it takes too long it has failed and is left behind, with its thread.
// Thread: the source's; the back end inside lives on the guard's. Owner: an H264Encoder.
#pragma once

#include "codec/ffmpeg/encoder_backend.h"

#include <chrono>

namespace heliograph {

using OpenBackend = std::function<Result<std::unique_ptr<EncoderBackend>>()>;

struct BackendPatience {
    std::chrono::milliseconds open{3000}; // a card that sleeps takes a second or two to wake up
    std::chrono::milliseconds answer{
        700}; // with opening software, a viewer waits for less than 1 s
};

// open is called on the guard's thread, and must hold all that it needs.
// Errors: those of open, and HardwareFailed.
Result<std::unique_ptr<EncoderBackend>> openGuarded(const OpenBackend &open,
                                                    BackendPatience patience);

} // namespace heliograph
