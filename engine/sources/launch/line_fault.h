// Why GStreamer does not take a launch line, and where in the line that is. Its own messages name
// elements by numbers and say of a syntax error no more than that it is one.
// Thread: the source's.
#pragma once

#include "engine/error.h"
#include "gst/handle.h"

#include <string>

namespace heliograph {

// missing: the elements that gst_parse_launch_full() did not find.
Error faultOf(const std::string &line, const GError &problem,
              const std::vector<std::string> &missing);

} // namespace heliograph
