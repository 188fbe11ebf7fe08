#include "wall/wall_panel.h"

#include "style/icons.h"
#include "style/theme.h"
#include "wall/tile_wall.h"

#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace heliograph::ui {

namespace {

QWidget *makeEmptyPage()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    auto *picture = new QLabel;
    picture->setPixmap(applicationIcon().pixmap(96, 96));
    auto *heading = new QLabel(WallPanel::tr("Show somebody what you see"));
    setStyled(*heading, "role", "heading");
    auto *words = new QLabel(WallPanel::tr("Pick a camera on the left, then click Publish.\n"
                                           "Everybody you give the address to can watch."));
    words->setAlignment(Qt::AlignCenter);
    setStyled(*words, "role", "caption");
    layout->addStretch();
    layout->setSpacing(12);
    for (QWidget *each : {static_cast<QWidget *>(picture), static_cast<QWidget *>(heading),
                          static_cast<QWidget *>(words)})
        layout->addWidget(each, 0, Qt::AlignHCenter);
    layout->addStretch();
    return page;
}

} // namespace

WallPanel::WallPanel(StudioBridge &bridge, SourceSelection &selection, QWidget *parent)
    : QFrame(parent)
    , m_wall(new TileWall(bridge, selection))
    , m_empty(makeEmptyPage())
    , m_stack(new QStackedLayout(this))
{
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_wall);
    setMinimumSize(240, 160);
    connect(&bridge, &StudioBridge::changed, this,
            [this](const SnapshotPtr &snapshot) { refresh(*snapshot); });
    refresh(bridge.snapshot());
}

void WallPanel::refresh(const Snapshot &snapshot)
{
    m_wall->refreshTiles(snapshot);
    m_stack->setCurrentWidget(m_wall->isEmpty() ? m_empty : m_wall);
}

} // namespace heliograph::ui
