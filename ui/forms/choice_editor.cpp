#include "forms/choice_editor.h"

#include "text/words.h"

#include <QComboBox>

namespace heliograph::ui {

ChoiceEditor::ChoiceEditor(const SettingField &field, QWidget *parent)
    : FieldEditor(parent)
    , m_field(field)
    , m_box(new QComboBox(this))
{
    for (const SettingChoice &choice : field.choices)
        m_box->addItem(text(choice.title.empty() ? choice.value : choice.title),
                       text(choice.value));
    m_box->setMinimumContentsLength(8);
    fillWith(*m_box);
    connect(m_box, &QComboBox::activated, this, &FieldEditor::edited);
}

Result<SettingValue> ChoiceEditor::value() const
{
    return parseSetting(m_field, utf8(m_box->currentData().toString()));
}

// A value that is no choice (any more) leaves the list empty, and value() says so.
void ChoiceEditor::display(const SettingValue &value)
{
    m_box->setCurrentIndex(m_box->findData(text(settingToText(value))));
}

QWidget &ChoiceEditor::control() const
{
    return *m_box;
}

} // namespace heliograph::ui
