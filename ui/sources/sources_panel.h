// The left side of the window: the list of sources, or on a first run the cameras to pick from.
// Thread: Qt main. Owner: MainWindow.
#pragma once

#include "bridge/studio_bridge.h"

#include <QFrame>

class QAction;
class QLabel;
class QListView;
class QStackedLayout;

namespace heliograph::ui {

class AddMenu;
class SourceAdder;
class SourceModel;
class SourceSelection;

class SourcesPanel : public QFrame {
    Q_OBJECT
public:
    SourcesPanel(StudioBridge &bridge, SourceSelection &selection, SourceAdder &adder,
                 AddMenu &addMenu, QWidget *parent = nullptr);

    // For the menu bar; the panel's own buttons trigger the same.
    QAction *renameAction() const { return m_rename; }
    QAction *removeAction() const { return m_remove; }

private:
    void build(SourceAdder &adder, AddMenu &addMenu);
    QWidget *makeHeader(AddMenu &addMenu);
    QWidget *makeListPage();
    void makeActions();
    void refresh(const Snapshot &snapshot);
    void followSelection();
    void rename(const QModelIndex &index, const QString &name);
    void removeCurrent();
    void remove(SourceId id);
    void showProblem(const QString &sentence);

    StudioBridge &m_bridge;
    SourceSelection &m_selection;
    SourceModel *m_model;
    QListView *m_list = nullptr;
    QWidget *m_listPage = nullptr;
    QWidget *m_emptyPage = nullptr;
    QStackedLayout *m_stack = nullptr;
    QLabel *m_problem = nullptr;
    QAction *m_rename = nullptr;
    QAction *m_remove = nullptr;
};

} // namespace heliograph::ui
