// What comes over RTMP as a source: an encoder (OBS, FFmpeg) that publishes to us, or a stream that
// we pull from another server. H.264 and AAC are passed on as they are.
#pragma once

#include "sources/source.h"

namespace heliograph {

SourceType rtmpSource();

} // namespace heliograph
