#include "main_window/main_window.h"

#include "inspector/inspector_panel.h"
#include "listening/system_output.h"
#include "main_window/menus.h"
#include "notices/message_bar.h"
#include "notices/notices_panel.h"
#include "publish/publish_panel.h"
#include "server/server_dialog.h"
#include "server/status_line.h"
#include "sources/add_menu.h"
#include "sources/file_drops.h"
#include "sources/sources_panel.h"
#include "style/icons.h"
#include "style/question.h"
#include "viewers/banned_dialog.h"
#include "viewers/viewers_panel.h"
#include "wall/wall_panel.h"

#include <QAction>
#include <QCloseEvent>
#include <QMessageBox>
#include <QStatusBar>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace heliograph::ui {

namespace {

QSplitter *makeSplitter(Qt::Orientation orientation, const QString &name)
{
    auto *splitter = new QSplitter(orientation);
    splitter->setObjectName(name);
    splitter->setHandleWidth(8);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

} // namespace

MainWindow::MainWindow(StudioBridge &bridge, std::filesystem::path projectFile,
                       OpenSecrets openSecrets)
    : m_bridge(bridge)
    , m_selection(bridge)
    , m_desk(bridge)
    , m_server(bridge)
    , m_listening(bridge, m_selection, openSystemOutput)
    , m_adder(bridge, m_selection)
    , m_store(bridge, m_desk, m_server, std::move(projectFile), std::move(openSecrets))
{
    setWindowTitle(tr("Heliograph"));
    resize(1280, 800);
    makeActions();
    build();
    new FileDrops(m_adder, *this);
    wireMessages();
}

MainWindow::~MainWindow() = default;

void MainWindow::makeActions()
{
    m_serverSettings = new QAction(lineIcon("server"), tr("Server &settings…"), this);
    m_serverSettings->setShortcut(Qt::CTRL | Qt::Key_Comma);
    connect(m_serverSettings, &QAction::triggered, this, &MainWindow::openServerSettings);
    m_banned = new QAction(tr("Banned &addresses…"), this);
    connect(m_banned, &QAction::triggered, this, &MainWindow::openBanned);
}

void MainWindow::build()
{
    m_serverMessage = new MessageBar;
    m_projectMessage = new MessageBar;
    QSplitter *top = makeTop();
    QSplitter *bottom = makeBottom();
    QSplitter *rows = makeSplitter(Qt::Vertical, "rows");
    rows->addWidget(top);
    rows->addWidget(bottom);
    rows->setStretchFactor(0, 1);
    rows->setSizes({520, 220});

    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(8, 4, 8, 0);
    layout->setSpacing(8);
    layout->addWidget(m_serverMessage);
    layout->addWidget(m_projectMessage);
    layout->addWidget(rows, 1);
    page->setFocusPolicy(Qt::ClickFocus); // a click beside a field leaves it
    setCentralWidget(page);
    page->setFocus();
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(new StatusLine(m_bridge, m_server, m_serverSettings), 1);
    m_memory = std::make_unique<WindowMemory>(*this, std::vector{rows, top, bottom},
                                              *m_viewers->table()->horizontalHeader());
    m_memory->restore();
}

QSplitter *MainWindow::makeTop()
{
    auto *add = new AddMenu(m_bridge, m_adder, this);
    auto *publish = new PublishPanel(m_bridge, m_selection, m_desk, m_server);
    auto *sources = new SourcesPanel(m_bridge, m_selection, m_adder, *add);
    m_viewers = new ViewersPanel(m_bridge);
    buildMenus(*this,
               {add, sources->renameAction(), sources->removeAction(), publish->action(),
                m_listening.action(), m_viewers->kickAction(), m_viewers->banAction(), m_banned,
                m_serverSettings});
    QSplitter *top = makeSplitter(Qt::Horizontal, "columns");
    top->addWidget(sources);
    top->addWidget(new WallPanel(m_bridge, m_selection));
    top->addWidget(new InspectorPanel(m_bridge, m_selection, m_listening, publish));
    top->setStretchFactor(1, 1);
    top->setSizes({240, 650, 370});
    return top;
}

QSplitter *MainWindow::makeBottom()
{
    QSplitter *bottom = makeSplitter(Qt::Horizontal, "lists");
    bottom->addWidget(m_viewers);
    bottom->addWidget(new NoticesPanel(m_bridge));
    bottom->setStretchFactor(0, 1);
    bottom->setSizes({898, 370});
    return bottom;
}

void MainWindow::wireMessages()
{
    m_serverMessage->addHelp(tr("Server settings…"), [this] { openServerSettings(); });
    connect(&m_server, &ServerControl::changed, this,
            [this] { m_serverMessage->showMessage(m_server.failure()); });
    connect(&m_store, &ProjectStore::failed, m_projectMessage, &MessageBar::showMessage);
}

void MainWindow::restore()
{
    m_store.restore();
}

void MainWindow::openServerSettings()
{
    if (!m_serverDialog)
        m_serverDialog = new ServerDialog(m_bridge, m_server, this);
    m_serverDialog->show();
    m_serverDialog->raise();
    m_serverDialog->activateWindow();
}

void MainWindow::openBanned()
{
    if (!m_bannedDialog)
        m_bannedDialog = new BannedDialog(m_bridge, this);
    m_bannedDialog->show();
    m_bannedDialog->raise();
    m_bannedDialog->activateWindow();
}

std::size_t MainWindow::liveCount() const
{
    const auto &sources = m_bridge.snapshot().sources;
    return std::size_t(std::count_if(sources.begin(), sources.end(),
                                     [](const SourceSnapshot &each) { return each.published; }));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_mayClose || liveCount() == 0) {
        m_memory->save();
        event->accept();
        return;
    }
    event->ignore();
    askToClose();
}

void MainWindow::askToClose()
{
    if (m_closeQuestion)
        return;
    const auto viewers = m_bridge.snapshot().viewers.size();
    const QString consequence = viewers == 0
        ? tr("Nobody is watching at the moment.")
        : tr("%1 watching now will be disconnected.").arg(viewers);
    m_closeQuestion = ask(this,
                          {tr("Stop publishing and close?"), tr("You are live. ") + consequence,
                           tr("Stop and close")},
                          [this] {
                              m_mayClose = true;
                              close();
                          });
}

} // namespace heliograph::ui
