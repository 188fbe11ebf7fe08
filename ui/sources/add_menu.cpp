#include "sources/add_menu.h"

#include "sources/source_adder.h"
#include "style/icons.h"
#include "text/words.h"

namespace heliograph::ui {

AddMenu::AddMenu(StudioBridge &bridge, SourceAdder &adder, QWidget *parent)
    : QMenu(tr("&Add source"), parent)
    , m_bridge(bridge)
    , m_adder(adder)
    , m_devices(bridge.snapshot().devices)
{
    setObjectName("addMenu");
    setAccessibleName(tr("Add source"));
    setIcon(lineIcon("add"));
    rebuild();
    connect(&bridge, &StudioBridge::changed, this,
            [this](const SnapshotPtr &snapshot) { refresh(*snapshot); });
}

void AddMenu::refresh(const Snapshot &snapshot)
{
    if (snapshot.devices == m_devices)
        return;
    m_devices = snapshot.devices;
    rebuild();
}

void AddMenu::rebuild()
{
    clear();
    for (const DeviceInfo &device : m_devices)
        addAction(sourceTypeIcon(text(device.sourceType)), text(device.name), this,
                  [this, device] { m_adder.addDevice(device); });
    if (!m_devices.empty())
        addSeparator();
    for (const SourceTypeInfo &type : m_bridge.sourceTypes())
        addAction(sourceTypeIcon(text(type.id)), text(type.title), this,
                  [this, &type] { m_adder.addType(type); });
}

} // namespace heliograph::ui
