// What a project asks for, set up in a studio that has just been made: whom it bans, its servers,
// its sources and what of them is published. Thread: main.
#pragma once

#include "cli/options.h"

#include <engine/studio.h>

namespace heliograph::cli {

// The first error ends it, told with the source or the server that it belongs to. A server of RTMP
// that nobody asked for by name may fail: that is told on standard error only.
Result<> setUp(Studio &studio, const Options &options);

} // namespace heliograph::cli
