// The line along the bottom of the window: is the server running, how much is on the air.
// Thread: Qt main. Owner: MainWindow.
#pragma once

#include "bridge/studio_bridge.h"

#include <QWidget>

class QAction;
class QLabel;

namespace heliograph::ui {

class ServerControl;

class StatusLine : public QWidget {
    Q_OBJECT
public:
    StatusLine(StudioBridge &bridge, ServerControl &server, QAction *settings,
               QWidget *parent = nullptr);

private:
    void refresh();

    StudioBridge &m_bridge;
    ServerControl &m_server;
    QLabel *m_state;
    QLabel *m_traffic;
};

} // namespace heliograph::ui
