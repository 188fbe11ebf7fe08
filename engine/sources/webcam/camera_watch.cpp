#include "sources/webcam/camera_watch.h"

namespace heliograph {

namespace {

// How long a stop may take: the list is asked for news in naps of this length.
constexpr std::chrono::milliseconds nap(100);

} // namespace

CameraWatch::CameraWatch()
    : m_thread([this](const std::stop_token &stop) { watch(stop); })
{
}

std::shared_ptr<const CameraWatch::Cameras> CameraWatch::cameras() const
{
    m_ready.wait();
    return m_cameras.get();
}

void CameraWatch::watch(const std::stop_token &stop)
{
    gst::DeviceList devices;
    m_cameras.set(std::make_shared<const Cameras>(devices.cameras()));
    m_listed.set_value();
    while (!stop.stop_requested())
        if (devices.refresh(nap))
            m_cameras.set(std::make_shared<const Cameras>(devices.cameras()));
}

std::shared_ptr<CameraWatch> cameraWatch()
{
    static OnDemand<CameraWatch> watch;
    return watch.get();
}

} // namespace heliograph
