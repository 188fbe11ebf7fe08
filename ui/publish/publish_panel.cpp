#include "publish/publish_panel.h"

#include "publish/address_row.h"
#include "server/server_control.h"
#include "sources/source_selection.h"
#include "style/colors.h"
#include "style/icons.h"
#include "style/theme.h"
#include "text/words.h"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace heliograph::ui {

namespace {

QLabel *wrappedLabel(const char *role)
{
    auto *label = new QLabel;
    label->setWordWrap(true);
    setStyled(*label, "role", role);
    label->hide();
    return label;
}

void showText(QLabel &label, const QString &said)
{
    label.setText(said);
    label.setVisible(!said.isEmpty());
}

QLabel *titleFor(QWidget *field, const QString &title)
{
    auto *label = new QLabel(title);
    label->setBuddy(field);
    setStyled(*label, "role", "caption");
    return label;
}

} // namespace

PublishPanel::PublishPanel(StudioBridge &bridge, SourceSelection &selection, PublishDesk &desk,
                           ServerControl &server, QWidget *parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_selection(selection)
    , m_desk(desk)
    , m_server(server)
{
    makeAction();
    build();
    connect(&bridge, &StudioBridge::changed, this, &PublishPanel::refresh);
    connect(&selection, &SourceSelection::changed, this, &PublishPanel::refresh);
    connect(&desk, &PublishDesk::changed, this, &PublishPanel::refresh);
    connect(&server, &ServerControl::changed, this, &PublishPanel::refresh);
    refresh();
}

void PublishPanel::makeAction()
{
    m_action = new QAction(tr("&Publish"), this);
    m_action->setShortcut(Qt::CTRL | Qt::Key_P);
    connect(m_action, &QAction::triggered, this, &PublishPanel::act);
}

void PublishPanel::build()
{
    m_button = new QPushButton;
    m_button->setObjectName("publish");
    m_button->setIconSize({18, 18});
    connect(m_button, &QPushButton::clicked, this, &PublishPanel::act);
    m_reason = wrappedLabel("hint");
    m_problem = wrappedLabel("problem");
    m_status = wrappedLabel("hint");
    m_addressLayout = new QVBoxLayout;
    m_addressLayout->setSpacing(4);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeFields());
    layout->addWidget(m_button);
    layout->addWidget(m_problem);
    layout->addWidget(m_reason);
    layout->addLayout(m_addressLayout);
    layout->addWidget(m_status);
}

QWidget *PublishPanel::makeFields()
{
    m_mount = new QLineEdit;
    m_mount->setObjectName("streamName");
    m_mount->setAccessibleName(tr("Stream name"));
    m_mount->setMaxLength(100);
    m_audience = new QComboBox;
    m_audience->setObjectName("audience");
    m_audience->setAccessibleName(tr("Who can watch"));
    for (const Audience audience : {Audience::ThisComputer, Audience::MyNetwork})
        m_audience->addItem(audienceName(audience), int(audience));
    connect(m_mount, &QLineEdit::textEdited, this, &PublishPanel::choose);
    connect(m_audience, &QComboBox::activated, this, &PublishPanel::choose);

    auto *fields = new QWidget;
    auto *grid = new QGridLayout(fields);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setColumnMinimumWidth(0, 112);
    grid->setColumnStretch(1, 1);
    grid->addWidget(titleFor(m_mount, tr("Stream name")), 0, 0);
    grid->addWidget(m_mount, 0, 1);
    grid->addWidget(titleFor(m_audience, tr("Who can watch")), 1, 0);
    grid->addWidget(m_audience, 1, 1);
    return fields;
}

PublishConfig PublishPanel::entered() const
{
    return {utf8(m_mount->text()), Audience(m_audience->currentData().toInt())};
}

void PublishPanel::choose()
{
    m_desk.choose(m_selection.current(), entered());
}

void PublishPanel::act()
{
    if (!m_view.enabled)
        return;
    if (m_view.action == PublishAction::Stop) {
        m_desk.unpublish(m_selection.current());
        return;
    }
    PublishConfig config = entered();
    config.mount = normalizeMount(config.mount).value_or(config.mount);
    m_desk.publish(m_selection.current(), std::move(config));
}

void PublishPanel::refresh()
{
    const SourceSnapshot *source = m_bridge.source(m_selection.current());
    const PublishConfig config = source ? m_desk.configOf(*source) : PublishConfig{};
    const SourceId id = m_selection.current();
    showConfig(config);
    showView(
        publishView(m_bridge.snapshot(), source, config, m_desk.pendingOf(id), m_server.problem()));
    showText(*m_problem, m_desk.problemOf(id));
}

void PublishPanel::showConfig(const PublishConfig &config)
{
    const QString mount = text(config.mount);
    if (m_mount->text() != mount)
        m_mount->setText(mount);
    m_audience->setCurrentIndex(m_audience->findData(int(config.audience)));
}

void PublishPanel::showView(const PublishView &view)
{
    if (view == m_view && !m_button->text().isEmpty())
        return;
    m_view = view;
    showButton(view);
    for (QWidget *field : {static_cast<QWidget *>(m_mount), static_cast<QWidget *>(m_audience)}) {
        field->setEnabled(view.fieldsOpen);
        field->setToolTip(view.fieldsOpen ? QString() : view.reason);
    }
    showText(*m_reason, view.enabled ? QString() : view.reason);
    showText(*m_status, view.status);
    showAddresses(view.addresses);
}

void PublishPanel::showButton(const PublishView &view)
{
    const bool stop = view.action == PublishAction::Stop;
    const QColor ink = stop ? colors::badText : colors::onAccent;
    const QString help = view.enabled ? tr("Ctrl+P") : view.reason;
    m_button->setText(view.label);
    m_button->setIcon(lineIcon(stop ? "stop" : "publish", ink));
    m_button->setAccessibleName(view.label);
    m_button->setAccessibleDescription(help);
    m_button->setToolTip(help);
    m_button->setEnabled(view.enabled);
    setStyled(*m_button, "role", stop ? "stop" : "primary");
    m_action->setText(view.label);
    m_action->setIcon(lineIcon(stop ? "stop" : "publish"));
    m_action->setEnabled(view.enabled);
    m_action->setToolTip(help);
}

void PublishPanel::showAddresses(const QStringList &addresses)
{
    while (int(m_addresses.size()) > addresses.size()) {
        delete m_addresses.back();
        m_addresses.pop_back();
    }
    while (int(m_addresses.size()) < addresses.size()) {
        m_addresses.push_back(new AddressRow(int(m_addresses.size()) + 1, this));
        m_addressLayout->addWidget(m_addresses.back());
    }
    for (int i = 0; i < addresses.size(); ++i)
        m_addresses[std::size_t(i)]->setAddress(addresses[i]);
}

} // namespace heliograph::ui
