// What comes over RTMP as a source: an encoder (OBS, FFmpeg) that publishes to us. Its H.264 and
// AAC are passed on as they are.
#pragma once

#include "sources/source.h"

namespace heliograph {

SourceType rtmpSource();

} // namespace heliograph
