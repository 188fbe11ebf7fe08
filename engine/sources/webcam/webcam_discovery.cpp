#include "sources/webcam/webcam_discovery.h"

#include "core/wakeup.h"
#include "sources/webcam/camera_watch.h"

#include <thread>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds glance(100);

std::vector<DeviceInfo> infosOf(const CameraWatch::Cameras &cameras)
{
    std::vector<DeviceInfo> infos;
    for (const gst::Camera &camera : cameras)
        infos.push_back(camera.info);
    return infos;
}

class WebcamDiscovery final : public Discovery {
public:
    explicit WebcamDiscovery(DevicesFound found)
        : m_thread(
            [this, found = std::move(found)](const std::stop_token &stop) { run(stop, found); })
    {
    }

private:
    void run(const std::stop_token &stop, const DevicesFound &found)
    {
        const auto watch = cameraWatch();
        std::shared_ptr<const CameraWatch::Cameras> told;
        while (!stop.stop_requested()) {
            if (const auto newest = watch->cameras(); newest != told) {
                found(infosOf(*newest));
                told = newest;
            }
            m_nap.waitFor(glance, stop);
        }
    }

    Wakeup m_nap;
    std::jthread m_thread; // last: ends before the rest
};

} // namespace

std::unique_ptr<Discovery> discoverWebcams(DevicesFound found)
{
    return std::make_unique<WebcamDiscovery>(std::move(found));
}

} // namespace heliograph
