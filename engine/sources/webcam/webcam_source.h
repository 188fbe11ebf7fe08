// Webcams of every kind that the system knows: V4L2, PipeWire, libcamera.
#pragma once

#include "sources/source.h"

namespace heliograph {

SourceType webcamSource();

} // namespace heliograph
