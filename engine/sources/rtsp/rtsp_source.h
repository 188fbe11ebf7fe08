// A camera on the network: rtspsrc reads it, H.264 and AAC pass as they are, the rest is decoded
// here and encoded by the runner.
#pragma once

#include "sources/source.h"

namespace heliograph {

SourceType rtspSource();

} // namespace heliograph
