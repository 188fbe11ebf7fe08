// Everything that can be added: the cameras and screens there are, the windows in a menu of their
// own, then every source type.
// Thread: Qt main. Owner: MainWindow; the menu bar and the sources panel show the same one.
#pragma once

#include "bridge/studio_bridge.h"

#include <QMenu>

namespace heliograph::ui {

class SourceAdder;

class AddMenu : public QMenu {
    Q_OBJECT
public:
    AddMenu(StudioBridge &bridge, SourceAdder &adder, QWidget *parent = nullptr);

private:
    void refresh(const Snapshot &snapshot);
    void rebuild();
    void rebuildWindows();
    void addDevice(QMenu &menu, const DeviceInfo &device);

    StudioBridge &m_bridge;
    SourceAdder &m_adder;
    QMenu *const m_windows;
    std::vector<DeviceInfo> m_openWindows;
    std::vector<DeviceInfo> m_devices; // the others
};

} // namespace heliograph::ui
