// --list-devices: every camera with its modes, as text.
// Thread: main.
#pragma once

#include <engine/device.h>

#include <string>
#include <vector>

namespace heliograph::cli {

std::string toText(const std::vector<DeviceInfo> &devices);

} // namespace heliograph::cli
