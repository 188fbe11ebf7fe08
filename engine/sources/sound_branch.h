// The part of a pipeline that takes in sound from a device.
// Thread: the source's.
#pragma once

#include "gst/device_list.h"
#include "gst/pipeline.h"

namespace heliograph {

// A piece of a launch line; its sink is "audio".
std::string soundBranch(const gst::Device &microphone);

// Puts the microphone in front of it. Errors: PipelineFailed.
Result<> attachSound(gst::Pipeline &pipeline, const gst::Device &microphone);

} // namespace heliograph
