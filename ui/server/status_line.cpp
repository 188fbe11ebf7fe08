#include "server/status_line.h"

#include "server/server_control.h"
#include "style/theme.h"
#include "text/format.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QStringList>
#include <QToolButton>

namespace heliograph::ui {

namespace {

QString trafficOf(const Snapshot &snapshot)
{
    double bitrate = 0;
    for (const ViewerSnapshot &viewer : snapshot.viewers)
        bitrate += viewer.bitrate;
    return QStringList{StatusLine::tr("%1 live").arg(snapshot.streams.size()),
                       StatusLine::tr("%1 watching").arg(snapshot.viewers.size()),
                       rateText(bitrate)}
        .join("  ·  ");
}

} // namespace

StatusLine::StatusLine(StudioBridge &bridge, ServerControl &server, QAction *settings,
                       QWidget *parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_server(server)
    , m_state(new QLabel)
    , m_traffic(new QLabel)
{
    auto *button = new QToolButton;
    button->setObjectName("serverSettings");
    button->setDefaultAction(settings);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setProperty("flat", true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(tr("Server settings"));
    setStyled(*m_state, "role", "hint");
    setStyled(*m_traffic, "role", "hint");
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->addWidget(button);
    layout->addWidget(m_state);
    layout->addStretch();
    layout->addWidget(m_traffic);
    connect(&server, &ServerControl::changed, this, &StatusLine::refresh);
    refresh();
}

void StatusLine::refresh()
{
    m_state->setText(m_server.failure().isEmpty() ? m_server.addressLine()
                                                  : tr("The server is not running"));
    m_traffic->setText(trafficOf(m_bridge.snapshot()));
}

} // namespace heliograph::ui
