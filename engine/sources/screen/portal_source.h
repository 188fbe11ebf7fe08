// The screen or window that the desktop lets its user choose, on Wayland.
#pragma once

#include "sources/source.h"

namespace heliograph {

bool isWayland();

// settings: of the screen type.
std::unique_ptr<Source> portalSource(const Settings &settings);

} // namespace heliograph
