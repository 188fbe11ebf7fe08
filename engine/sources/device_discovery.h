// Watches devices of one kind come and go while the program runs.
#pragma once

#include "sources/source.h"

namespace heliograph {

// Tells the list once at the start, and after every change. Destroying it joins its thread.
// sourceType: "webcam", "microphone".
std::unique_ptr<Discovery> discoverDevices(std::string sourceType, DevicesFound found);

} // namespace heliograph
