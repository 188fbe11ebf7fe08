// What a camera offers, and which of it fits best.
// Thread: any (pure functions on caps).
#pragma once

#include "engine/device.h"
#include "engine/settings.h"
#include "gst/handle.h"

#include <optional>
#include <string>
#include <vector>

namespace heliograph::gst {

// Raw and JPEG modes, largest first; ranges become their usual sizes inside.
std::vector<DeviceMode> modesOf(const GstCaps *caps);

// The mode to capture in when pictures of this size and rate are wanted: large and fast enough
// with the least beyond it; of equals a raw one before JPEG. Nothing when there are no modes.
std::optional<DeviceMode> chooseMode(const std::vector<DeviceMode> &modes, PictureSize wanted,
                                     double fps);

// Caps that pin the mode down for a capsfilter: "video/x-raw,format=YUY2,width=…".
std::string capsText(const DeviceMode &mode);

inline constexpr const char *jpegFormat = "MJPEG";

} // namespace heliograph::gst
