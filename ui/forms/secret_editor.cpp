#include "forms/secret_editor.h"

#include "style/icon_button.h"
#include "style/icons.h"
#include "text/words.h"

#include <engine/project.h>

#include <QAction>
#include <QLayout>
#include <QLineEdit>
#include <QToolButton>

namespace heliograph::ui {

SecretEditor::SecretEditor(const SettingField &field, QWidget *parent)
    : FieldEditor(parent)
    , m_field(field)
    , m_line(new QLineEdit(this))
{
    m_line->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
                                | Qt::ImhNoAutoUppercase);
    fillWith(*m_line);
    makeEye();
    if (field.generated)
        makeRenewer();
    connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
}

// Qt makes the button itself and gives it no name that a screen reader could say.
void SecretEditor::makeEye()
{
    m_eye = m_line->addAction(lineIcon("eye"), QLineEdit::TrailingPosition);
    for (QToolButton *button : m_line->findChildren<QToolButton *>())
        button->setAccessibleName(tr("Show %1").arg(text(m_field.title)));
    connect(m_eye, &QAction::triggered, this,
            [this] { setRevealed(m_line->echoMode() == QLineEdit::Password); });
    setRevealed(false);
}

void SecretEditor::makeRenewer()
{
    auto *button = iconButton("renew", tr("New %1").arg(text(m_field.title)), tr("Make a new one"));
    layout()->addWidget(button);
    connect(button, &QToolButton::clicked, this, [this] {
        display(makePassword());
        emit edited();
    });
}

void SecretEditor::setRevealed(bool revealed)
{
    m_line->setEchoMode(revealed ? QLineEdit::Normal : QLineEdit::Password);
    m_eye->setIcon(lineIcon(revealed ? "eye-off" : "eye"));
    m_eye->setToolTip(revealed ? tr("Hide it") : tr("Show it"));
}

Result<SettingValue> SecretEditor::value() const
{
    return parseSetting(m_field, utf8(m_line->text()));
}

void SecretEditor::display(const SettingValue &value)
{
    const auto *secret = std::get_if<Secret>(&value);
    const QString shown = secret ? text(secret->reveal()) : QString();
    if (m_line->text() != shown)
        m_line->setText(shown);
}

QWidget &SecretEditor::control() const
{
    return *m_line;
}

} // namespace heliograph::ui
