// --list-devices: everything that discovery finds, with its modes, as text or as JSON.
// Thread: main.
#pragma once

#include <engine/device.h>

#include <string>
#include <vector>

namespace heliograph::cli {

std::string toText(const std::vector<DeviceInfo> &devices);

// {"devices": [{"id", "name", "kind", "source", "modes": [{"width", "height", "maximumFps",
// "format"}], "sampleRates", "channels"}]}, on one line. kind: "camera", "microphone",
// "loudspeaker" (what is played on it), "screen" or "window". source: what --source takes.
// maximumFps: null when it gives as many as are wanted. sampleRates and channels: of sound only,
// those that are usual, largest first.
std::string toJson(const std::vector<DeviceInfo> &devices);

} // namespace heliograph::cli
