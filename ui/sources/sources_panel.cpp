#include "sources/sources_panel.h"

#include "models/source_model.h"
#include "sources/add_menu.h"
#include "sources/empty_sources.h"
#include "sources/source_adder.h"
#include "sources/source_delegate.h"
#include "sources/source_selection.h"
#include "style/icons.h"
#include "style/question.h"
#include "style/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QScrollArea>
#include <QStackedLayout>
#include <QToolButton>

namespace heliograph::ui {

namespace {

QToolButton *actionButton(QAction *action)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setProperty("flat", true);
    button->setAccessibleName(action->iconText());
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

SourcesPanel::SourcesPanel(StudioBridge &bridge, SourceSelection &selection, SourceAdder &adder,
                           AddMenu &addMenu, QWidget *parent)
    : QFrame(parent)
    , m_bridge(bridge)
    , m_selection(selection)
    , m_model(new SourceModel(this))
{
    setProperty("panel", true);
    setMinimumWidth(200);
    makeActions();
    build(adder, addMenu);
    connect(&bridge, &StudioBridge::changed, this,
            [this](const SnapshotPtr &snapshot) { refresh(*snapshot); });
    connect(&selection, &SourceSelection::changed, this, &SourcesPanel::followSelection);
    connect(&adder, &SourceAdder::failed, this, &SourcesPanel::showProblem);
    connect(&adder, &SourceAdder::added, this, [this] { showProblem({}); });
    connect(m_model, &SourceModel::renamed, this, &SourcesPanel::rename);
    refresh(bridge.snapshot());
}

void SourcesPanel::makeActions()
{
    m_rename = new QAction(lineIcon("rename"), tr("&Rename"), this);
    m_rename->setShortcut(Qt::Key_F2);
    connect(m_rename, &QAction::triggered, this,
            [this] { m_list->edit(m_model->indexOf(m_selection.current())); });
    m_remove = new QAction(lineIcon("remove"), tr("Re&move"), this);
    m_remove->setShortcut(Qt::CTRL | Qt::Key_Delete);
    connect(m_remove, &QAction::triggered, this, &SourcesPanel::removeCurrent);
}

void SourcesPanel::build(SourceAdder &adder, AddMenu &addMenu)
{
    m_listPage = makeListPage();
    auto *scroll = new QScrollArea; // a small window must not press the buttons together
    scroll->setWidget(new EmptySources(m_bridge, adder));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_emptyPage = scroll;
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_emptyPage);
    m_stack->addWidget(m_listPage);
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    setStyled(*m_problem, "role", "problem");
    m_problem->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(makeHeader(addMenu));
    layout->addWidget(m_problem);
    layout->addLayout(m_stack, 1);
}

QWidget *SourcesPanel::makeHeader(AddMenu &addMenu)
{
    auto *header = new QWidget;
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *title = new QLabel(tr("Sources"));
    setStyled(*title, "role", "title");
    auto *add = new QToolButton;
    add->setObjectName("addSource");
    add->setText(tr("Add"));
    add->setIcon(lineIcon("add"));
    add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    add->setPopupMode(QToolButton::InstantPopup);
    add->setMenu(&addMenu);
    add->setFocusPolicy(Qt::StrongFocus);
    add->setAccessibleName(tr("Add a source"));
    add->setToolTip(tr("Add a camera or another source"));
    layout->addWidget(title, 1);
    layout->addWidget(add);
    return header;
}

QWidget *SourcesPanel::makeListPage()
{
    m_list = new QListView;
    m_list->setObjectName("sources");
    m_list->setAccessibleName(tr("Sources"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new SourceDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                if (index.isValid())
                    m_selection.select(SourceModel::idOf(index));
            });
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(actionButton(m_rename));
    buttons->addWidget(actionButton(m_remove));
    buttons->addStretch();
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
    return page;
}

void SourcesPanel::refresh(const Snapshot &snapshot)
{
    m_model->update(snapshot);
    m_stack->setCurrentWidget(snapshot.sources.empty() ? m_emptyPage : m_listPage);
    followSelection();
}

void SourcesPanel::followSelection()
{
    const QModelIndex index = m_model->indexOf(m_selection.current());
    if (index.isValid() && !m_list->selectionModel()->isSelected(index))
        m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    const QString why = index.isValid() ? QString() : tr("Pick a source first");
    for (QAction *action : {m_rename, m_remove}) {
        action->setEnabled(index.isValid());
        action->setToolTip(why.isEmpty() ? action->iconText() : why);
    }
}

void SourcesPanel::rename(const QModelIndex &index, const QString &name)
{
    const SourceSnapshot *source = m_bridge.source(SourceModel::idOf(index));
    if (!source)
        return;
    SourceConfig config = source->config;
    config.name = utf8(name);
    m_bridge.changeSource(source->id, std::move(config), this, [this](Result<> result) {
        showProblem(result ? QString() : sentenceOf(result.error()));
    });
}

void SourcesPanel::removeCurrent()
{
    const SourceSnapshot *source = m_bridge.source(m_selection.current());
    if (!source)
        return;
    const SourceId id = source->id;
    if (!source->published) {
        remove(id);
        return;
    }
    ask(window(),
        {tr("Remove a live source?"),
         tr("“%1” is live. Everybody who watches it will be disconnected.")
             .arg(text(source->config.name)),
         tr("Remove")},
        [this, id] { remove(id); });
}

void SourcesPanel::remove(SourceId id)
{
    m_bridge.removeSource(id, this, [this](Result<> result) {
        showProblem(result ? QString() : sentenceOf(result.error()));
    });
}

void SourcesPanel::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace heliograph::ui
