#include "sources/add_menu.h"

#include "sources/source_adder.h"
#include "style/icons.h"
#include "text/words.h"

namespace heliograph::ui {

namespace {

constexpr int longestName = 400; // pixels: titles of windows may be whole sentences

} // namespace

AddMenu::AddMenu(StudioBridge &bridge, SourceAdder &adder, QWidget *parent)
    : QMenu(tr("&Add source"), parent)
    , m_bridge(bridge)
    , m_adder(adder)
    , m_windows(new QMenu(tr("Window"), this))
    , m_devices(bridge.snapshot().devices)
{
    setObjectName("addMenu");
    setAccessibleName(tr("Add source"));
    setIcon(lineIcon("add"));
    m_windows->setIcon(sourceTypeIcon("screen"));
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
    m_windows->clear();
    for (const DeviceInfo &device : m_devices)
        addDevice(device.kind == DeviceKind::Window ? *m_windows : *this, device);
    if (!m_windows->isEmpty())
        addMenu(m_windows);
    if (!m_devices.empty())
        addSeparator();
    for (const SourceTypeInfo &type : m_bridge.sourceTypes())
        addAction(sourceTypeIcon(text(type.id)), text(type.title), this,
                  [this, &type] { m_adder.addType(type); });
}

void AddMenu::addDevice(QMenu &menu, const DeviceInfo &device)
{
    const QString name = fontMetrics().elidedText(text(device.name), Qt::ElideMiddle, longestName);
    menu.addAction(sourceTypeIcon(text(device.sourceType)), QString(name).replace('&', "&&"), this,
                   [this, device] { m_adder.addDevice(device); });
}

} // namespace heliograph::ui
