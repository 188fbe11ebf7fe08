#include "gst/device_watch.h"

namespace heliograph::gst {

namespace {

// How long a stop may take: the list is asked for news in naps of this length.
constexpr std::chrono::milliseconds nap(100);

} // namespace

DeviceWatch::DeviceWatch()
    : m_thread([this](const std::stop_token &stop) { watch(stop); })
{
}

std::shared_ptr<const DeviceWatch::Devices> DeviceWatch::devices() const
{
    m_ready.wait();
    return m_devices.get();
}

void DeviceWatch::watch(const std::stop_token &stop)
{
    DeviceList list;
    m_devices.set(std::make_shared<const Devices>(list.devices()));
    m_listed.set_value();
    while (!stop.stop_requested())
        if (list.refresh(nap))
            m_devices.set(std::make_shared<const Devices>(list.devices()));
}

std::shared_ptr<DeviceWatch> deviceWatch()
{
    static OnDemand<DeviceWatch> watch;
    return watch.get();
}

} // namespace heliograph::gst
