// A camera or a microphone as the system describes it, found by discovery while the studio runs.
// Thread: any (values).
#pragma once

#include <string>
#include <vector>

namespace heliograph {

struct DeviceMode {
    int width = 0; // pixels
    int height = 0; // pixels
    double maximumFps = 0; // pictures per second
    std::string format; // "YUY2", "NV12", "MJPEG": the name GStreamer gives it
    bool operator==(const DeviceMode &) const = default;
};

struct DeviceInfo {
    std::string id; // stable over re-plugging and restarts: "pipewire:testcam", "v4l2:usb-…"
    std::string name; // as the system shows it: "Test Camera"
    std::string sourceType; // the source type that opens it: "webcam", "microphone"
    std::vector<DeviceMode> modes; // largest first; a microphone has none
    std::string body; // the same for a camera and its microphone; empty: unknown
    bool operator==(const DeviceInfo &) const = default;
};

} // namespace heliograph
