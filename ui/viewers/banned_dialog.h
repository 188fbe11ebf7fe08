// The addresses that nobody may come from, and the way back in.
// Thread: Qt main. Owner: MainWindow, which keeps one.
#pragma once

#include "bridge/studio_bridge.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace heliograph::ui {

class BannedDialog : public QDialog {
    Q_OBJECT
public:
    BannedDialog(StudioBridge &bridge, QWidget *parent);

private:
    void build();
    void refresh(const Snapshot &snapshot);
    void refreshButton();
    void letIn();

    StudioBridge &m_bridge;
    QListWidget *m_list = nullptr;
    QLabel *m_empty = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_letIn = nullptr;
};

} // namespace heliograph::ui
