#include "forms/text_editor.h"

#include "text/words.h"

#include <QLineEdit>

namespace heliograph::ui {

TextEditor::TextEditor(const SettingField &field, QWidget *parent)
    : FieldEditor(parent)
    , m_field(field)
    , m_line(new QLineEdit(this))
{
    fillWith(*m_line);
    connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
}

Result<SettingValue> TextEditor::value() const
{
    return parseSetting(m_field, utf8(m_line->text()));
}

void TextEditor::display(const SettingValue &value)
{
    const QString shown = text(settingToText(value));
    if (m_line->text() != shown)
        m_line->setText(shown);
}

QWidget &TextEditor::control() const
{
    return *m_line;
}

} // namespace heliograph::ui
