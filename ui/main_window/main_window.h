// The studio's window: places the panels and wires them. What each does is in its own room.
// Thread: Qt main. Owner: app/studio.
#pragma once

#include "bridge/studio_bridge.h"
#include "listening/listening.h"
#include "main_window/window_memory.h"
#include "project_store/project_store.h"
#include "publish/publish_desk.h"
#include "server/server_control.h"
#include "sources/source_adder.h"
#include "sources/source_selection.h"

#include <QMainWindow>
#include <memory>

namespace heliograph::ui {

class BannedDialog;
class MessageBar;
class ServerDialog;
class ViewersPanel;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(StudioBridge &bridge, std::filesystem::path projectFile, OpenSecrets openSecrets);
    ~MainWindow() override;

    // Brings the last session back; once, after construction.
    void restore();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void build();
    QSplitter *makeTop();
    QSplitter *makeBottom();
    void wireMessages();
    void makeActions();
    void openServerSettings();
    void openBanned();
    std::size_t liveCount() const;
    void askToClose();

    StudioBridge &m_bridge;
    SourceSelection m_selection;
    PublishDesk m_desk;
    ServerControl m_server;
    Listening m_listening;
    SourceAdder m_adder;
    ProjectStore m_store;
    QPointer<ServerDialog> m_serverDialog;
    QPointer<BannedDialog> m_bannedDialog;
    QPointer<QWidget> m_closeQuestion;
    QAction *m_serverSettings = nullptr;
    QAction *m_banned = nullptr;
    MessageBar *m_serverMessage = nullptr;
    MessageBar *m_projectMessage = nullptr;
    ViewersPanel *m_viewers = nullptr;
    std::unique_ptr<WindowMemory> m_memory;
    bool m_mayClose = false;
};

} // namespace heliograph::ui
