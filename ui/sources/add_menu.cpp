#include "sources/add_menu.h"

#include "sources/source_adder.h"
#include "style/icons.h"
#include "text/words.h"

#include <algorithm>

namespace heliograph::ui {

namespace {

constexpr int longestName = 400; // pixels: titles of windows may be whole sentences

using Devices = std::vector<DeviceInfo>;

std::pair<Devices, Devices> sorted(Devices devices) // windows, and the others
{
    const auto isWindow = [](const DeviceInfo &device) {
        return device.kind == DeviceKind::Window;
    };
    const auto others = std::stable_partition(devices.begin(), devices.end(), isWindow);
    return {{devices.begin(), others}, {others, devices.end()}};
}

} // namespace

AddMenu::AddMenu(StudioBridge &bridge, SourceAdder &adder, QWidget *parent)
    : QMenu(tr("&Add source"), parent)
    , m_bridge(bridge)
    , m_adder(adder)
    , m_windows(new QMenu(tr("Window"), this))
{
    setObjectName("addMenu");
    setAccessibleName(tr("Add source"));
    setIcon(lineIcon("add"));
    m_windows->setIcon(sourceTypeIcon("screen"));
    rebuild();
    rebuildWindows();
    refresh(bridge.snapshot());
    connect(&bridge, &StudioBridge::changed, this,
            [this](const SnapshotPtr &snapshot) { refresh(*snapshot); });
}

// Titles of windows change all the time: what a click may be on its way to stays where it is.
void AddMenu::refresh(const Snapshot &snapshot)
{
    auto [windows, others] = sorted(snapshot.devices);
    if (windows != m_openWindows) {
        m_openWindows = std::move(windows);
        rebuildWindows();
    }
    if (others != m_devices) {
        m_devices = std::move(others);
        rebuild();
    }
}

void AddMenu::rebuild()
{
    clear();
    for (const DeviceInfo &device : m_devices)
        addDevice(*this, device);
    addMenu(m_windows);
    addSeparator();
    for (const SourceTypeInfo &type : m_bridge.sourceTypes())
        addAction(sourceTypeIcon(text(type.id)), text(type.title), this,
                  [this, &type] { m_adder.addType(type); });
}

void AddMenu::rebuildWindows()
{
    m_windows->clear();
    for (const DeviceInfo &window : m_openWindows)
        addDevice(*m_windows, window);
    m_windows->menuAction()->setVisible(!m_openWindows.empty());
}

void AddMenu::addDevice(QMenu &menu, const DeviceInfo &device)
{
    QString name = fontMetrics().elidedText(text(device.name), Qt::ElideMiddle, longestName);
    menu.addAction(sourceTypeIcon(text(device.sourceType)), name.replace('&', "&&"), this,
                   [this, device] { m_adder.addDevice(device); });
}

} // namespace heliograph::ui
