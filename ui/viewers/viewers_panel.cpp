#include "viewers/viewers_panel.h"

#include "models/viewer_columns.h"
#include "models/viewer_model.h"
#include "models/viewer_sort.h"
#include "style/icons.h"
#include "style/question.h"
#include "style/theme.h"
#include "text/words.h"
#include "viewers/viewer_ban.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace heliograph::ui {

namespace {

// Wide enough for the title with its sort arrow, and for the values one usually sees.
void widenColumns(QHeaderView &header)
{
    const QFontMetrics titles(header.font());
    const auto &columns = viewerColumns();
    for (int i = 0; i < int(columns.size()); ++i) {
        const ViewerColumn &column = columns[std::size_t(i)];
        const int title = titles.horizontalAdvance(viewerColumnTitle(column)) + 44;
        const int value = titles.horizontalAdvance(QString(column.width, '0')) + 24;
        header.resizeSection(i, std::max(title, value));
    }
}

} // namespace

ViewersPanel::ViewersPanel(StudioBridge &bridge, QWidget *parent)
    : QFrame(parent)
    , m_bridge(bridge)
    , m_model(new ViewerModel(this))
    , m_sorted(new ViewerSort(this))
{
    setProperty("panel", true);
    m_sorted->setSourceModel(m_model);
    makeActions();
    makeTable();
    build();
    connect(&bridge, &StudioBridge::changed, this,
            [this](const SnapshotPtr &snapshot) { refresh(*snapshot); });
    refresh(bridge.snapshot());
}

void ViewersPanel::makeActions()
{
    m_kick = new QAction(lineIcon("kick"), tr("&Kick"), this);
    m_kick->setShortcut(Qt::Key_Delete);
    m_kick->setShortcutContext(Qt::WidgetShortcut);
    connect(m_kick, &QAction::triggered, this, &ViewersPanel::kickSelected);
    m_ban = new QAction(lineIcon("ban"), tr("Disconnect and &ban…"), this);
    connect(m_ban, &QAction::triggered, this, &ViewersPanel::banSelected);
}

void ViewersPanel::makeTable()
{
    m_table = new QTableView;
    m_table->setObjectName("viewers");
    m_table->setAccessibleName(tr("Viewers"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(viewerColumnAt("Watching"), Qt::DescendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addAction(m_kick);
    m_table->addAction(m_ban);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(28);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    widenColumns(*header);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ViewersPanel::refreshActions);
}

QWidget *ViewersPanel::makeHeader()
{
    m_title = new QLabel;
    setStyled(*m_title, "role", "title");
    auto *button = new QToolButton;
    button->setObjectName("kick");
    button->setDefaultAction(m_kick);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setProperty("flat", true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(tr("Kick"));
    auto *header = new QWidget;
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(12, 6, 8, 2);
    layout->addWidget(m_title, 1);
    layout->addWidget(button);
    return header;
}

void ViewersPanel::build()
{
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(12, 0, 12, 4);
    m_problem->hide();
    setStyled(*m_problem, "role", "problem");
    m_empty = new QLabel(tr("Nobody is watching. Publish a source and give its address to a "
                            "player, such as VLC or mpv."),
                         m_table->viewport());
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    setStyled(*m_empty, "role", "caption");
    auto *overlay = new QVBoxLayout(m_table->viewport());
    overlay->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 6);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_problem);
    layout->addWidget(m_table, 1);
}

void ViewersPanel::refresh(const Snapshot &snapshot)
{
    m_model->update(snapshot);
    const auto count = int(snapshot.viewers.size());
    m_title->setText(count == 0 ? tr("Viewers") : tr("Viewers  ·  %1").arg(count));
    m_empty->setVisible(count == 0);
    showUsers(snapshot);
    refreshActions();
}

// A column of dashes helps nobody.
void ViewersPanel::showUsers(const Snapshot &snapshot)
{
    const bool any = std::any_of(snapshot.viewers.begin(), snapshot.viewers.end(),
                                 [](const ViewerSnapshot &viewer) { return !viewer.user.empty(); });
    m_table->setColumnHidden(viewerColumnAt("User"), !any);
}

void ViewersPanel::refreshActions()
{
    const bool any = m_table->selectionModel()->hasSelection();
    m_kick->setEnabled(any);
    m_kick->setToolTip(any ? tr("Disconnect the selected viewers (Delete)")
                           : tr("Select a viewer first"));
    m_ban->setEnabled(any);
    m_ban->setToolTip(any ? tr("Disconnect the selected viewers and keep their addresses out")
                          : tr("Select a viewer first"));
}

std::vector<ViewerId> ViewersPanel::selected() const
{
    std::vector<ViewerId> viewers;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        viewers.push_back(ViewerModel::idOf(row));
    return viewers;
}

void ViewersPanel::kickSelected()
{
    const std::vector<ViewerId> viewers = selected();
    if (viewers.size() < 2) {
        kick(viewers);
        return;
    }
    ask(window(),
        {tr("Kick several viewers?"),
         tr("%1 viewers will be disconnected. They can connect again.").arg(viewers.size()),
         tr("Kick")},
        [this, viewers] { kick(viewers); });
}

void ViewersPanel::kick(const std::vector<ViewerId> &viewers)
{
    m_problem->hide();
    for (const ViewerId viewer : viewers) {
        m_bridge.kickViewer(viewer, this, [this](Result<> result) {
            const bool left = !result && result.error().code == ErrorCode::NotFound;
            if (!result && !left) // whoever has left already needs no kick
                showProblem(result.error());
        });
    }
}

void ViewersPanel::banSelected()
{
    const std::vector<ViewerId> viewers = selected();
    const QStringList addresses = addressesOf(viewers, m_bridge.snapshot());
    if (addresses.isEmpty())
        return;
    ask(window(), banQuestion(addresses), [this, addresses, viewers] { ban(addresses, viewers); });
}

// Kept out first, so that nobody is back before the ban.
void ViewersPanel::ban(const QStringList &addresses, const std::vector<ViewerId> &viewers)
{
    for (const QString &address : addresses)
        m_bridge.setBanned(utf8(address), true, this, [this](Result<> result) {
            if (!result)
                showProblem(result.error());
        });
    kick(viewers);
}

void ViewersPanel::showProblem(const Error &error)
{
    m_problem->setText(sentenceOf(error));
    m_problem->show();
}

} // namespace heliograph::ui
