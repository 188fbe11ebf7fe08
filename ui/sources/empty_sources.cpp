#include "sources/empty_sources.h"

#include "sources/source_adder.h"
#include "style/icons.h"
#include "style/theme.h"
#include "text/words.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace heliograph::ui {

namespace {

bool needsDevice(const SourceTypeInfo &type)
{
    return std::any_of(type.schema.begin(), type.schema.end(),
                       [](const SettingField &field) { return field.kind == SettingKind::Device; });
}

// Windows are many, and change all the time: the menu has them. Sound alone is nothing to begin
// with.
std::vector<DeviceInfo> offered(std::vector<DeviceInfo> devices)
{
    std::erase_if(devices, [](const DeviceInfo &device) {
        return device.kind != DeviceKind::Camera && device.kind != DeviceKind::Screen;
    });
    return devices;
}

} // namespace

EmptySources::EmptySources(StudioBridge &bridge, SourceAdder &adder, QWidget *parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_adder(adder)
    , m_devices(offered(bridge.snapshot().devices))
    , m_cameras(new QVBoxLayout)
    , m_hint(new QLabel)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 4, 0); // beside a scroll bar
    layout->setSpacing(8);
    m_hint->setWordWrap(true);
    setStyled(*m_hint, "role", "caption");
    m_cameras->setSpacing(8);
    layout->addWidget(m_hint);
    layout->addLayout(m_cameras);
    addTypeButtons(*layout);
    layout->addStretch();
    showCameras();
    connect(&bridge, &StudioBridge::changed, this,
            [this](const SnapshotPtr &snapshot) { refresh(*snapshot); });
}

void EmptySources::addTypeButtons(QVBoxLayout &layout)
{
    for (const SourceTypeInfo &type : m_bridge.sourceTypes()) {
        if (!needsDevice(type))
            layout.addWidget(makeButton(text(type.title), text(type.id),
                                        [this, &type] { m_adder.addType(type); }));
    }
}

void EmptySources::refresh(const Snapshot &snapshot)
{
    auto devices = offered(snapshot.devices);
    if (devices == m_devices)
        return;
    m_devices = std::move(devices);
    showCameras();
}

void EmptySources::showCameras()
{
    while (QLayoutItem *item = m_cameras->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const DeviceInfo &device : m_devices)
        m_cameras->addWidget(makeButton(text(device.name), text(device.sourceType),
                                        [this, device] { m_adder.addDevice(device); }));
    const bool hasCamera = std::ranges::count(m_devices, DeviceKind::Camera, &DeviceInfo::kind) > 0;
    m_hint->setText(
        !hasCamera
            ? tr("No camera was found. Plug one in and it appears here by itself. "
                 "Until then, something else can be shown, for example a moving test pattern.")
            : tr("Pick what you want to show. You see it first; nobody else does "
                 "before you publish it."));
}

QWidget *EmptySources::makeButton(const QString &title, const QString &type,
                                  std::function<void()> add)
{
    auto *button = new QPushButton(sourceTypeIcon(type), title);
    setStyled(*button, "role", "big");
    button->setIconSize({28, 28});
    button->setMinimumHeight(56);
    button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // as wide as there is room
    button->setAccessibleName(title);
    button->setToolTip(tr("Add %1 as a source").arg(title));
    connect(button, &QPushButton::clicked, this, std::move(add));
    return button;
}

} // namespace heliograph::ui
