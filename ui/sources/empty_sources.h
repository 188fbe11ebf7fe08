// The first run: a big button for each camera found, and one for each source that needs no camera.
// Thread: Qt main. Owner: SourcesPanel.
#pragma once

#include "bridge/studio_bridge.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace heliograph::ui {

class SourceAdder;

class EmptySources : public QWidget {
    Q_OBJECT
public:
    EmptySources(StudioBridge &bridge, SourceAdder &adder, QWidget *parent = nullptr);

private:
    void refresh(const Snapshot &snapshot);
    void showCameras();
    QWidget *makeButton(const QString &title, const QString &type, std::function<void()> add);
    void addTypeButtons(QVBoxLayout &layout);

    StudioBridge &m_bridge;
    SourceAdder &m_adder;
    std::vector<DeviceInfo> m_devices;
    QVBoxLayout *m_cameras;
    QLabel *m_hint;
};

} // namespace heliograph::ui
