#include "publish/address_row.h"

#include "publish/login_address.h"
#include "style/icon_button.h"
#include "text/words.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QToolTip>
#include <QUrl>

namespace heliograph::ui {

AddressRow::AddressRow(int number, QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit)
{
    const QString which = number == 1 ? QString() : QStringLiteral(" %1").arg(number);
    m_field->setObjectName("streamAddress" + which.trimmed());
    m_field->setAccessibleName(tr("Stream address") + which);
    m_field->setReadOnly(true);
    auto *copyButton = iconButton("copy", tr("Copy address") + which, tr("Copy this address"));
    m_withPassword = iconButton("key", tr("Copy address with password") + which,
                                tr("Copy this address with user name and password: whoever has "
                                   "it can watch"));
    m_withPassword->hide();
    auto *openButton =
        iconButton("open", tr("Open address") + which, tr("Open this address in your player"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_field, 1);
    layout->addWidget(copyButton);
    layout->addWidget(m_withPassword);
    layout->addWidget(openButton);
    connect(copyButton, &QToolButton::clicked, this, &AddressRow::copy);
    connect(m_withPassword, &QToolButton::clicked, this, &AddressRow::copyWithPassword);
    connect(openButton, &QToolButton::clicked, this, &AddressRow::open);
}

void AddressRow::setAddress(const QString &address)
{
    if (m_field->text() == address)
        return;
    m_field->setText(address);
    m_field->setToolTip(address);
    m_field->setCursorPosition(0);
}

void AddressRow::setUsers(const std::vector<User> &users)
{
    m_users = users;
    m_withPassword->setVisible(!users.empty());
}

void AddressRow::copy()
{
    QGuiApplication::clipboard()->setText(m_field->text());
    say(tr("Copied"));
}

void AddressRow::copyWithPassword()
{
    if (m_users.size() == 1) {
        copyFor(m_users.front());
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const User &user : m_users)
        menu->addAction(text(user.name), this, [this, user] { copyFor(user); });
    menu->popup(m_withPassword->mapToGlobal(QPoint(0, m_withPassword->height())));
}

void AddressRow::copyFor(const User &user)
{
    QGuiApplication::clipboard()->setMimeData(secretText(loginAddress(m_field->text(), user)));
    say(tr("Copied with the password of “%1”").arg(text(user.name)));
}

// The desktop may have no program for rtsp:// at all, and says so only by this. Without the
// password: everybody on this computer can read the command line of the player.
void AddressRow::open()
{
    if (!QDesktopServices::openUrl(QUrl(m_field->text())))
        say(tr("No player is set up for such addresses. Copy it into VLC or mpv."));
}

void AddressRow::say(const QString &sentence)
{
    QToolTip::showText(m_field->mapToGlobal(QPoint(0, m_field->height())), sentence, m_field);
}

} // namespace heliograph::ui
