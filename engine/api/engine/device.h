// A camera, a microphone, a loudspeaker, a screen or a window as the system describes it, found by
// discovery while the studio runs.
// Thread: any (values).
#pragma once

#include <string>
#include <vector>

namespace heliograph {

struct DeviceMode {
    int width = 0; // pixels
    int height = 0; // pixels
    double maximumFps = 0; // pictures per second; 0: as many as are wanted
    std::string format; // "YUY2", "NV12", "MJPEG": the name GStreamer gives it
    bool operator==(const DeviceMode &) const = default;
};

// Of windows there may be many. Of a loudspeaker it is what is played on it.
enum class DeviceKind { Camera, Microphone, Loudspeaker, Screen, Window };

struct DeviceInfo {
    std::string id; // stable over re-plugging and restarts: "pipewire:testcam", "screen"
    std::string name; // as the system shows it: "Test Camera"
    std::string sourceType; // the source type that opens it: "webcam", "microphone", "screen"
    std::vector<DeviceMode> modes; // largest first; a window and sound have none
    DeviceKind kind = DeviceKind::Camera;
    std::string body; // the same for a camera and its microphone; empty: unknown
    std::vector<int> sampleRates; // per second, those that are usual, largest first; of sound
    std::vector<int> channels; // likewise: how many
    bool operator==(const DeviceInfo &) const = default;
};

} // namespace heliograph
