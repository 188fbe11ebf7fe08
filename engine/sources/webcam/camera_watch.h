// Watches the cameras of this machine for everybody who asks: the discovery and each webcam
// source look at one list, kept by one thread.
// Thread: any. Owner: shared; see cameraWatch().
#pragma once

#include "core/on_demand.h"
#include "core/published.h"
#include "gst/device_list.h"

#include <future>
#include <memory>
#include <thread>
#include <vector>

namespace heliograph {

class CameraWatch {
public:
    CameraWatch();

    using Cameras = std::vector<gst::Camera>;
    // The newest list; another object whenever it changed. Blocks until the first one is there.
    std::shared_ptr<const Cameras> cameras() const;

private:
    void watch(const std::stop_token &stop);

    Published<Cameras> m_cameras{std::make_shared<const Cameras>()};
    std::promise<void> m_listed;
    std::shared_future<void> m_ready{m_listed.get_future()};
    std::jthread m_thread; // last: ends before the rest
};

// One for the process, while somebody holds it: GStreamer's device providers are of the process.
std::shared_ptr<CameraWatch> cameraWatch();

} // namespace heliograph
