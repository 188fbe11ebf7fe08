#include "publish/publish_panel.h"

#include "publish/address_row.h"
#include "publish/encoder_card.h"
#include "publish/lost_choice.h"
#include "publish/take_place.h"
#include "publish/user_list.h"
#include "server/server_control.h"
#include "sources/source_selection.h"
#include "style/colors.h"
#include "style/icons.h"
#include "style/theme.h"
#include "text/words.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <utility>

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
    m_takePlace =
        new TakePlace([this](SourceId live) { m_desk.takePlace(m_selection.current(), live); });
    m_reason = wrappedLabel("hint");
    m_problem = wrappedLabel("problem");
    m_status = wrappedLabel("hint");
    m_addressLayout = new QVBoxLayout;
    m_addressLayout->setSpacing(4);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeFields());
    layout->addWidget(m_users);
    layout->addWidget(m_multicast);
    layout->addWidget(m_rtmp);
    layout->addWidget(m_button);
    layout->addWidget(m_takePlace);
    layout->addWidget(m_problem);
    layout->addWidget(m_reason);
    layout->addLayout(m_addressLayout);
    layout->addWidget(m_status);
    layout->addWidget(m_rests);
    auto *lost = new QHBoxLayout;
    lost->addWidget(titleFor(&m_lost->box(), tr("While it is lost")), 0, Qt::AlignTop);
    lost->addWidget(m_lost, 1);
    layout->addLayout(lost);
    m_encoder = new EncoderCard;
    layout->addWidget(m_encoder);
}

QWidget *PublishPanel::makeFields()
{
    m_mount = new QLineEdit;
    m_mount->setObjectName("streamName");
    m_mount->setAccessibleName(tr("Stream name"));
    m_mount->setMaxLength(100);
    connect(m_mount, &QLineEdit::textEdited, this, &PublishPanel::choose);
    makeAudience();
    makeWays();
    m_lost = new LostChoice;
    connect(m_lost, &LostChoice::edited, this, &PublishPanel::chooseHabits);

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

void PublishPanel::makeAudience()
{
    m_audience = new QComboBox;
    m_audience->setObjectName("audience");
    m_audience->setAccessibleName(tr("Who can watch"));
    m_audience->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_audience->setMinimumContentsLength(12); // a narrow panel cuts the words, not the controls
    for (const Audience audience :
         {Audience::ThisComputer, Audience::MyNetworkWithPassword, Audience::MyNetwork})
        m_audience->addItem(audienceName(audience), int(audience));
    m_users = new UserList;
    connect(m_audience, &QComboBox::activated, this, &PublishPanel::choose);
    connect(m_users, &UserList::edited, this, &PublishPanel::choose);
}

void PublishPanel::makeWays()
{
    m_multicast = new QCheckBox(tr("Also offer multicast"));
    m_multicast->setObjectName("multicast");
    m_multicast->setAccessibleName(tr("Also offer multicast"));
    connect(m_multicast, &QCheckBox::clicked, this, &PublishPanel::choose);
    m_rests = new QCheckBox(tr("Rest while nobody watches"));
    m_rests->setObjectName("rests");
    m_rests->setAccessibleName(tr("Rest while nobody watches"));
    connect(m_rests, &QCheckBox::clicked, this, &PublishPanel::chooseHabits);
    m_rtmp = new QCheckBox(tr("Also serve RTMP"));
    m_rtmp->setObjectName("rtmp");
    m_rtmp->setAccessibleName(tr("Also serve RTMP"));
    m_rtmp->setToolTip(
        tr("For players that know no RTSP, and for encoders such as OBS that send to "
           "Heliograph. One switch for all streams."));
    connect(m_rtmp, &QCheckBox::clicked, this,
            [this](bool wanted) { m_server.setWanted("rtmp", wanted); });
}

PublishConfig PublishPanel::entered() const
{
    PublishConfig config;
    config.mount = utf8(m_mount->text());
    config.audience = Audience(m_audience->currentData().toInt());
    config.users = m_users->users();
    if (config.audience == Audience::MyNetworkWithPassword && config.users.empty())
        config.users = {makeViewer()};
    config.multicast = m_multicast->isChecked() && config.audience == Audience::MyNetwork;
    config.rests = m_rests->isChecked();
    m_lost->readInto(config);
    return config;
}

void PublishPanel::choose()
{
    m_desk.choose(m_selection.current(), entered());
}

// A line that is disabled while somebody types in it counts as typed to its end: of a stream that
// is being stopped nothing may be published again.
void PublishPanel::chooseHabits()
{
    if (!m_view.habitsOpen)
        return;
    const SourceSnapshot *live = m_bridge.source(m_selection.current());
    if (!live || m_view.action != PublishAction::Stop)
        return choose();
    PublishConfig config = m_desk.configOf(*live); // all else of it stays
    config.rests = m_rests->isChecked();
    m_lost->readInto(config);
    m_desk.amend(live->id, std::move(config));
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
    if (id != std::exchange(m_shown, id)) {
        m_users->hidePasswords();
        m_lost->forget();
    }
    showConfig(config);
    showView(
        publishView(m_bridge.snapshot(), source, config, m_desk.pendingOf(id), m_server.problem()));
    showAddresses(m_view.addresses, config);
    m_lost->show(config, m_view.habitsOpen, m_view.reason);
    m_rests->setChecked(config.rests);
    m_rests->setEnabled(m_view.habitsOpen);
    m_rests->setToolTip(m_view.habitsOpen
                            ? tr("Saves the work of encoding; the first viewer wakes it at once.")
                            : m_view.reason);
    showMulticast(config);
    showRtmp();
    m_takePlace->show(m_bridge.snapshot(), source);
    m_encoder->show(m_bridge.snapshot(), source);
    showText(*m_problem, m_desk.problemOf(id));
}

void PublishPanel::showConfig(const PublishConfig &config)
{
    const QString mount = text(config.mount);
    if (m_mount->text() != mount)
        m_mount->setText(mount);
    m_audience->setCurrentIndex(m_audience->findData(int(config.audience)));
    m_users->setUsers(config.users);
    m_users->setVisible(config.audience == Audience::MyNetworkWithPassword);
    m_users->setFile(m_desk.secretFile());
}

// A group's packets reach whoever asks the network for them: no password, no limit.
void PublishPanel::showMulticast(const PublishConfig &config)
{
    const bool fits = config.audience == Audience::MyNetwork;
    QString help = tr("Players that ask for it share one copy of the stream on the network.");
    if (!fits)
        help = tr("Multicast has no password and no limit: it is only for “%1”.")
                   .arg(audienceName(Audience::MyNetwork));
    else if (!m_view.fieldsOpen)
        help = m_view.reason;
    m_multicast->setChecked(config.multicast && fits);
    m_multicast->setEnabled(fits && m_view.fieldsOpen);
    m_multicast->setToolTip(help);
    m_multicast->setAccessibleDescription(help);
}

void PublishPanel::showRtmp()
{
    m_rtmp->setChecked(m_server.isWanted("rtmp"));
    m_rtmp->setEnabled(!m_server.isPending("rtmp"));
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
    m_users->setOpen(view.fieldsOpen, view.reason);
    showText(*m_reason, view.enabled ? QString() : view.reason);
    showText(*m_status, view.status);
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
    // The next field would get the focus of a button that is disabled, and scroll into view.
    if (m_button->hasFocus() && !view.enabled)
        setFocus();
    m_button->setEnabled(view.enabled);
    if (hasFocus() && view.enabled)
        m_button->setFocus();
    setStyled(*m_button, "role", stop ? "stop" : "primary");
    m_action->setText(view.label);
    m_action->setIcon(lineIcon(stop ? "stop" : "publish"));
    m_action->setEnabled(view.enabled);
    m_action->setToolTip(help);
}

void PublishPanel::showAddresses(const QStringList &addresses, const PublishConfig &config)
{
    const bool locked = config.audience == Audience::MyNetworkWithPassword;
    while (int(m_addresses.size()) > addresses.size()) {
        delete m_addresses.back();
        m_addresses.pop_back();
    }
    while (int(m_addresses.size()) < addresses.size()) {
        m_addresses.push_back(new AddressRow(int(m_addresses.size()) + 1, this));
        m_addressLayout->addWidget(m_addresses.back());
    }
    for (int i = 0; i < addresses.size(); ++i) {
        m_addresses[std::size_t(i)]->setAddress(addresses[i]);
        m_addresses[std::size_t(i)]->setUsers(locked ? config.users : std::vector<User>());
    }
}

} // namespace heliograph::ui
