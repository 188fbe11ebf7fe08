// Looks at a launch line before it runs: whether GStreamer takes it, and what comes out at its end.
// Thread: the source's.
#pragma once

#include "engine/error.h"

#include <string>

namespace heliograph {

enum class LineEnd { Pictures, H264 };

// Errors: InvalidArgument, whose detail says what is wrong and where in the line.
Result<LineEnd> endOf(const std::string &line);

} // namespace heliograph
