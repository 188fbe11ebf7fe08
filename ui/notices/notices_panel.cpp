#include "notices/notices_panel.h"

#include "models/notice_model.h"
#include "style/theme.h"

#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

namespace heliograph::ui {

NoticesPanel::NoticesPanel(StudioBridge &bridge, QWidget *parent)
    : QFrame(parent)
    , m_model(new NoticeModel(this))
    , m_list(new QListView)
    , m_empty(new QLabel(tr("Nothing has happened yet.")))
{
    setProperty("panel", true);
    setMinimumWidth(200);
    build();
    connect(&bridge, &StudioBridge::changed, this,
            [this](const SnapshotPtr &snapshot) { refresh(*snapshot); });
    refresh(bridge.snapshot());
}

void NoticesPanel::build()
{
    m_list->setObjectName("notices");
    m_list->setAccessibleName(tr("Notices"));
    m_list->setModel(m_model);
    m_list->setWordWrap(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setSpacing(3);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_empty->setAlignment(Qt::AlignCenter);
    setStyled(*m_empty, "role", "caption");
    auto *overlay = new QVBoxLayout(m_list->viewport());
    overlay->addWidget(m_empty);
    auto *title = new QLabel(tr("Notices"));
    title->setContentsMargins(12, 11, 12, 7);
    setStyled(*title, "role", "title");
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 6);
    layout->setSpacing(0);
    layout->addWidget(title);
    layout->addWidget(m_list, 1);
}

void NoticesPanel::refresh(const Snapshot &snapshot)
{
    m_model->update(snapshot);
    m_empty->setVisible(m_model->rowCount() == 0);
}

} // namespace heliograph::ui
