#include "viewers/banned_dialog.h"

#include "style/theme.h"
#include "text/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

namespace heliograph::ui {

BannedDialog::BannedDialog(StudioBridge &bridge, QWidget *parent)
    : QDialog(parent)
    , m_bridge(bridge)
{
    setWindowTitle(tr("Banned addresses"));
    setObjectName("bannedDialog");
    setMinimumSize(360, 280);
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connect(&bridge, &StudioBridge::changed, this,
            [this](const SnapshotPtr &snapshot) { refresh(*snapshot); });
    refresh(bridge.snapshot());
}

void BannedDialog::build()
{
    m_empty = new QLabel(tr("Nobody is banned. “Disconnect and ban” in the menu of the viewers "
                            "table puts an address here."));
    m_empty->setWordWrap(true);
    setStyled(*m_empty, "role", "caption");
    m_list = new QListWidget;
    m_list->setAccessibleName(tr("Banned addresses"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->hide();
    setStyled(*m_problem, "role", "problem");
    m_letIn = new QPushButton(tr("Let in again"));
    m_letIn->setAccessibleName(tr("Let in again"));
    auto *close = new QPushButton(tr("Close"));
    close->setAccessibleName(tr("Close"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(m_letIn);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_empty);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    connect(m_list, &QListWidget::itemSelectionChanged, this, &BannedDialog::refreshButton);
    connect(m_letIn, &QPushButton::clicked, this, &BannedDialog::letIn);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
}

void BannedDialog::refresh(const Snapshot &snapshot)
{
    QStringList now, shown;
    for (const std::string &address : snapshot.banned)
        now += text(address);
    for (int row = 0; row < m_list->count(); ++row)
        shown += m_list->item(row)->text();
    if (now != shown) { // else a selection stays as it is
        m_list->clear();
        m_list->addItems(now);
    }
    m_empty->setVisible(now.isEmpty());
    refreshButton();
}

void BannedDialog::refreshButton()
{
    const bool any = !m_list->selectedItems().isEmpty();
    m_letIn->setEnabled(any);
    m_letIn->setToolTip(any ? tr("Whoever comes from there can connect again")
                            : tr("Select an address first"));
}

void BannedDialog::letIn()
{
    m_problem->hide();
    for (const QListWidgetItem *item : m_list->selectedItems())
        m_bridge.setBanned(utf8(item->text()), false, this, [this](Result<> result) {
            m_problem->setText(result ? QString() : sentenceOf(result.error()));
            m_problem->setVisible(!result);
        });
}

} // namespace heliograph::ui
