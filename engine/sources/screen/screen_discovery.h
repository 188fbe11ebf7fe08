// Watches monitors and windows come and go while the program runs.
#pragma once

#include "sources/source.h"

namespace heliograph {

// Tells the list once at the start, and after every change. Destroying it joins its thread.
std::unique_ptr<Discovery> discoverScreens(DevicesFound found);

} // namespace heliograph
