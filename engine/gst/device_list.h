// The cameras that the system has at the moment, with news of those that come and go
// (GstDeviceMonitor: V4L2, PipeWire and libcamera alike).
// Thread: the one that created it. Owner: the camera watch. The providers behind it tell their news
// to the newest monitor of the process only (seen with 1.22; Qt Multimedia has one, too), so the
// list itself is looked at again and again, which costs a copy of a few pointers.
#pragma once

#include "engine/device.h"
#include "gst/handle.h"

#include <chrono>
#include <memory>
#include <vector>

namespace heliograph::gst {

struct Camera {
    DeviceInfo info;
    std::shared_ptr<GstDevice> device; // the same object as long as it stays plugged in
};

// The element that reads the camera. Thread: any.
Handle<GstElement> createElement(const Camera &camera);

class DeviceList {
public:
    DeviceList();

    // Waits for news, at most this long, then looks. True: the list changed.
    bool refresh(std::chrono::milliseconds patience);

    const std::vector<Camera> &cameras() const { return m_cameras; }

private:
    bool takeList(); // true: it changed
    bool add(const std::shared_ptr<GstDevice> &device);

    GstDeviceMonitor *const m_monitor; // of the process
    Handle<GstBus> m_bus;
    std::vector<Camera> m_cameras;
};

} // namespace heliograph::gst
