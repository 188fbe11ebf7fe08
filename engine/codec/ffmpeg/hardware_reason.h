// Why hardware does not encode: the system's list of devices tells it better than FFmpeg, whose
// reason is "Invalid argument" for a card that is not there and for one that we may not open.
// Thread: any. Owner: nobody.
#pragma once

#include "engine/error.h"

#include <filesystem>
#include <string>

namespace heliograph::ffmpeg {

// Where the devices of an encoder are: "/dev/dri/renderD*" as {"/dev/dri", "renderD"}.
struct DeviceNodes {
    std::filesystem::path folder;
    std::string prefix;
};

// id: one of hardwareEncoders.
DeviceNodes deviceNodes(std::string_view id);

// HardwareMissing, HardwareForbidden, else HardwareFailed with what FFmpeg said.
Error hardwareReason(const DeviceNodes &nodes, const Error &said);

} // namespace heliograph::ffmpeg
