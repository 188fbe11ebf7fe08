// What a GStreamer launch line of the user's own gives: raw video, which is encoded here, or H.264,
// which is passed on as it is.
#pragma once

#include "sources/source.h"

namespace heliograph {

SourceType launchSource();

} // namespace heliograph
