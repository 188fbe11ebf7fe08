#include "publish/address_row.h"

#include "style/icons.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QToolTip>
#include <QUrl>

namespace heliograph::ui {

namespace {

QToolButton *iconButton(const QString &icon, const QString &name, const QString &help)
{
    auto *button = new QToolButton;
    button->setIcon(lineIcon(icon));
    button->setAccessibleName(name);
    button->setToolTip(help);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

AddressRow::AddressRow(int number, QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit)
{
    const QString which = number == 1 ? QString() : QStringLiteral(" %1").arg(number);
    m_field->setObjectName("streamAddress" + which.trimmed());
    m_field->setAccessibleName(tr("Stream address") + which);
    m_field->setReadOnly(true);
    auto *copyButton = iconButton("copy", tr("Copy address") + which, tr("Copy this address"));
    auto *openButton =
        iconButton("open", tr("Open address") + which, tr("Open this address in your player"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_field, 1);
    layout->addWidget(copyButton);
    layout->addWidget(openButton);
    connect(copyButton, &QToolButton::clicked, this, &AddressRow::copy);
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

void AddressRow::copy()
{
    QGuiApplication::clipboard()->setText(m_field->text());
    QToolTip::showText(m_field->mapToGlobal(QPoint(0, m_field->height())), tr("Copied"), m_field);
}

// The desktop may have no program for rtsp:// at all, and says so only by this.
void AddressRow::open()
{
    if (QDesktopServices::openUrl(QUrl(m_field->text())))
        return;
    QToolTip::showText(m_field->mapToGlobal(QPoint(0, m_field->height())),
                       tr("No player is set up for such addresses. Copy it into VLC or mpv."),
                       m_field);
}

} // namespace heliograph::ui
