#include "sources/screen/screen_discovery.h"

#include "core/wakeup.h"
#include "sources/screen/portal_source.h"
#include "sources/screen/x_server.h"

#include <algorithm>
#include <thread>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds glance(1000);

// What is worth choosing: a monitor alone is the screen.
std::vector<DeviceInfo> choicesOf(const std::vector<ScreenItem> &items)
{
    const auto screens = std::ranges::count(items, DeviceKind::Screen, &ScreenItem::kind);
    std::vector<DeviceInfo> choices;
    if (isWayland()) // where X has windows, but no picture of the screen
        choices.push_back({"portal",
                           "Screen or window, the desktop asks which",
                           "screen",
                           {},
                           DeviceKind::Screen});
    for (const ScreenItem &item : items) {
        const bool isMonitor = item.kind == DeviceKind::Screen && item.id != "screen";
        const bool shows = item.kind == DeviceKind::Window || !isWayland();
        if (shows && (!isMonitor || screens > 2))
            choices.push_back(infoOf(item));
    }
    return choices;
}

class ScreenDiscovery final : public Discovery {
public:
    explicit ScreenDiscovery(DevicesFound found)
        : m_thread(
            [this, found = std::move(found)](const std::stop_token &stop) { run(stop, found); })
    {
    }

private:
    void run(const std::stop_token &stop, const DevicesFound &found)
    {
        std::optional<std::vector<DeviceInfo>> told;
        while (!stop.stop_requested()) {
            if (auto newest = look(); newest != told) {
                found(newest);
                told = std::move(newest);
            }
            m_nap.waitFor(glance, stop);
        }
    }

    // A server may start later, or again.
    std::vector<DeviceInfo> look()
    {
        if (!m_server || !m_server->isAlive())
            m_server = XServer::connect().value_or(nullptr);
        return choicesOf(m_server ? m_server->items() : std::vector<ScreenItem>());
    }

    std::unique_ptr<XServer> m_server; // the thread's
    Wakeup m_nap;
    std::jthread m_thread; // last: ends before the rest
};

} // namespace

std::unique_ptr<Discovery> discoverScreens(DevicesFound found)
{
    return std::make_unique<ScreenDiscovery>(std::move(found));
}

} // namespace heliograph
