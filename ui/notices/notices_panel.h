// What happened lately, newest first.
// Thread: Qt main. Owner: MainWindow.
#pragma once

#include "bridge/studio_bridge.h"

#include <QFrame>

class QLabel;
class QListView;

namespace heliograph::ui {

class NoticeModel;

class NoticesPanel : public QFrame {
    Q_OBJECT
public:
    explicit NoticesPanel(StudioBridge &bridge, QWidget *parent = nullptr);

private:
    void build();
    void refresh(const Snapshot &snapshot);

    NoticeModel *m_model;
    QListView *m_list;
    QLabel *m_empty;
};

} // namespace heliograph::ui
