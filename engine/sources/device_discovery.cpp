#include "sources/device_discovery.h"

#include "core/wakeup.h"
#include "gst/device_watch.h"

#include <thread>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds glance(100);

class DeviceDiscovery final : public Discovery {
public:
    DeviceDiscovery(std::string sourceType, DevicesFound found)
        : m_sourceType(std::move(sourceType))
        , m_found(std::move(found))
        , m_thread([this](const std::stop_token &stop) { run(stop); })
    {
    }

private:
    std::vector<DeviceInfo> select(const gst::DeviceWatch::Devices &devices) const
    {
        std::vector<DeviceInfo> infos;
        for (const gst::Device &device : devices)
            if (device.info.sourceType == m_sourceType)
                infos.push_back(device.info);
        return infos;
    }

    void run(const std::stop_token &stop)
    {
        const auto watch = gst::deviceWatch();
        std::optional<std::vector<DeviceInfo>> told;
        std::shared_ptr<const gst::DeviceWatch::Devices> seen;
        while (!stop.stop_requested()) {
            if (const auto newest = watch->devices(); newest != seen) {
                seen = newest;
                if (auto infos = select(*newest); infos != told) {
                    told = infos;
                    m_found(std::move(infos));
                }
            }
            m_nap.waitFor(glance, stop);
        }
    }

    const std::string m_sourceType;
    const DevicesFound m_found;
    Wakeup m_nap;
    std::jthread m_thread; // last: ends before the rest
};

} // namespace

std::unique_ptr<Discovery> discoverDevices(std::string sourceType, DevicesFound found)
{
    return std::make_unique<DeviceDiscovery>(std::move(sourceType), std::move(found));
}

} // namespace heliograph
