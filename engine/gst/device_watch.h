// Watches the cameras and microphones of this machine for everybody who asks: discoveries and
// sources look at one list, kept by one thread.
// Thread: any. Owner: shared; see deviceWatch().
#pragma once

#include "core/on_demand.h"
#include "core/published.h"
#include "gst/device_list.h"

#include <future>
#include <memory>
#include <thread>
#include <vector>

namespace heliograph::gst {

class DeviceWatch {
public:
    DeviceWatch();

    using Devices = std::vector<Device>;
    // The newest list; another object whenever it changed. Blocks until the first one is there.
    std::shared_ptr<const Devices> devices() const;

private:
    void watch(const std::stop_token &stop);

    Published<Devices> m_devices{std::make_shared<const Devices>()};
    std::promise<void> m_listed;
    std::shared_future<void> m_ready{m_listed.get_future()};
    std::jthread m_thread; // last: ends before the rest
};

// One for the process, while somebody holds it: GStreamer's device providers are of the process.
std::shared_ptr<DeviceWatch> deviceWatch();

} // namespace heliograph::gst
