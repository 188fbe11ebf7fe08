#include "publish/user_row.h"

#include "style/icon_button.h"
#include "style/icons.h"
#include "style/theme.h"
#include "text/words.h"

#include <QAction>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace heliograph::ui {

namespace {

constexpr int captionWidth = 64;

QLabel *captionFor(QWidget *field, const QString &title)
{
    auto *label = new QLabel(title);
    label->setBuddy(field);
    setStyled(*label, "role", "caption");
    return label;
}

void showText(QLineEdit &field, const QString &now)
{
    if (field.text() != now)
        field.setText(now);
}

} // namespace

UserRow::UserRow(int number, QWidget *parent)
    : QWidget(parent)
{
    build(number == 1 ? QString() : QStringLiteral(" %1").arg(number));
    connect(m_name, &QLineEdit::textEdited, this, &UserRow::edited);
    connect(m_password, &QLineEdit::textEdited, this, &UserRow::edited);
    connect(m_renew, &QToolButton::clicked, this, &UserRow::renew);
    connect(m_remove, &QToolButton::clicked, this, &UserRow::removeWanted);
}

void UserRow::build(const QString &which)
{
    m_name = new QLineEdit;
    m_name->setObjectName("userName" + which.trimmed());
    m_name->setAccessibleName(tr("User name") + which);
    m_name->setMaxLength(64);
    m_password = new QLineEdit;
    m_password->setObjectName("userPassword" + which.trimmed());
    m_password->setAccessibleName(tr("Password") + which);
    m_password->setMaxLength(200);
    m_password->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
                                    | Qt::ImhNoAutoUppercase);
    makeEye(which);
    m_renew = iconButton("renew", tr("New password") + which, tr("Make a new password"));
    m_remove = iconButton("close", tr("Remove user") + which, tr("Remove this user"));

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(4);
    grid->setVerticalSpacing(4);
    grid->setColumnMinimumWidth(0, captionWidth);
    grid->setColumnStretch(1, 1);
    grid->addWidget(captionFor(m_name, tr("User")), 0, 0);
    grid->addWidget(m_name, 0, 1);
    grid->addWidget(m_remove, 0, 2);
    grid->addWidget(captionFor(m_password, tr("Password")), 1, 0);
    grid->addWidget(m_password, 1, 1);
    grid->addWidget(m_renew, 1, 2);
}

// Qt makes the button itself and gives it no name that a screen reader could say.
void UserRow::makeEye(const QString &which)
{
    m_eye = m_password->addAction(lineIcon("eye"), QLineEdit::TrailingPosition);
    for (QToolButton *button : m_password->findChildren<QToolButton *>())
        button->setAccessibleName(tr("Show password") + which);
    connect(m_eye, &QAction::triggered, this,
            [this] { setRevealed(m_password->echoMode() == QLineEdit::Password); });
    setRevealed(false);
}

void UserRow::setRevealed(bool revealed)
{
    m_password->setEchoMode(revealed ? QLineEdit::Normal : QLineEdit::Password);
    m_eye->setIcon(lineIcon(revealed ? "eye-off" : "eye"));
    m_eye->setToolTip(revealed ? tr("Hide the password") : tr("Show the password"));
}

void UserRow::setUser(const User &user)
{
    m_user.roles = user.roles;
    showText(*m_name, text(user.name));
    showText(*m_password, text(user.password.reveal()));
}

User UserRow::user() const
{
    return {utf8(m_name->text()), Secret(utf8(m_password->text())), m_user.roles};
}

void UserRow::setOpen(bool open, const QString &why)
{
    m_open = open;
    for (QLineEdit *field : {m_name, m_password}) {
        field->setReadOnly(!open);
        field->setToolTip(open ? QString() : why);
        setStyled(*field, "closed", open ? "" : "true");
    }
    m_renew->setEnabled(open);
    m_renew->setToolTip(open ? tr("Make a new password") : why);
    setRemovable(m_removable);
}

void UserRow::setRemovable(bool removable)
{
    m_removable = removable;
    m_remove->setVisible(m_open && removable);
}

void UserRow::renew()
{
    m_password->setText(text(makePassword().reveal()));
    emit edited();
}

} // namespace heliograph::ui
