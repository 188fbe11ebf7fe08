// The cameras and microphones that the system has at the moment, and the loudspeakers whose sound
// can be read, with news of those that come and go (GstDeviceMonitor: V4L2, PipeWire, libcamera,
// PulseAudio and ALSA alike). Thread: the one that created it. Owner: the device watch. The
// providers behind it tell their news to the newest monitor of the process only (seen with 1.22; Qt
// Multimedia has one, too), so the list itself is looked at again and again, which costs a copy of
// a few pointers.
#pragma once

#include "engine/device.h"
#include "gst/device_info.h"
#include "gst/handle.h"

#include <chrono>
#include <memory>
#include <vector>

namespace heliograph::gst {

struct Device {
    DeviceInfo info; // its sourceType: "webcam", "microphone"
    std::shared_ptr<GstDevice> device; // the same object as long as it stays plugged in
};

// The element that reads it. Thread: any.
Handle<GstElement> createElement(const Device &device);

class DeviceList {
public:
    DeviceList();

    // Waits for news, at most this long, then looks. True: the list changed.
    bool refresh(std::chrono::milliseconds patience);

    const std::vector<Device> &devices() const { return m_devices; }

private:
    bool takeList(); // true: it changed
    bool keep(const PresentDevices &chosen);
    bool add(const std::shared_ptr<GstDevice> &device);

    GstDeviceMonitor *const m_monitor; // of the process
    Handle<GstBus> m_bus;
    PresentDevices m_present; // all that there were at the last look
    std::vector<Device> m_devices;
};

} // namespace heliograph::gst
