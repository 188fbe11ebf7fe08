// The table of everybody who watches, and Kick and Ban for the selected ones.
// Thread: Qt main. Owner: MainWindow.
#pragma once

#include "bridge/studio_bridge.h"

#include <QFrame>
#include <vector>

class QAction;
class QLabel;
class QTableView;

namespace heliograph::ui {

class ViewerModel;
class ViewerSort;

class ViewersPanel : public QFrame {
    Q_OBJECT
public:
    explicit ViewersPanel(StudioBridge &bridge, QWidget *parent = nullptr);

    QTableView *table() const { return m_table; } // whose columns WindowMemory keeps
    QAction *kickAction() const { return m_kick; }
    QAction *banAction() const { return m_ban; }

private:
    void build();
    void makeTable();
    void makeActions();
    QWidget *makeHeader();
    void refresh(const Snapshot &snapshot);
    void showUsers(const Snapshot &snapshot);
    void refreshActions();
    std::vector<ViewerId> selected() const;
    void kickSelected();
    void kick(const std::vector<ViewerId> &viewers);
    void banSelected();
    void ban(const QStringList &addresses, const std::vector<ViewerId> &viewers);
    void showProblem(const Error &error);

    StudioBridge &m_bridge;
    ViewerModel *m_model;
    ViewerSort *m_sorted;
    QTableView *m_table = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_empty = nullptr;
    QLabel *m_problem = nullptr;
    QAction *m_kick = nullptr;
    QAction *m_ban = nullptr;
};

} // namespace heliograph::ui
