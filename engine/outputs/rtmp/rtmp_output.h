// The RTMP server as an output type: its settings, and how it is made.
// Thread: any.
#pragma once

#include "stream/output.h"

namespace heliograph {

OutputType rtmpOutput();

} // namespace heliograph
