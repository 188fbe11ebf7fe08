#include "forms/size_editor.h"

#include "text/words.h"

#include <QComboBox>
#include <QLineEdit>

namespace heliograph::ui {

SizeEditor::SizeEditor(const SettingField &field, QWidget *parent)
    : FieldEditor(parent)
    , m_field(field)
    , m_box(new QComboBox(this))
{
    m_box->setEditable(true);
    m_box->setInsertPolicy(QComboBox::NoInsert);
    for (const SettingChoice &choice : field.choices)
        m_box->addItem(text(choice.value));
    m_box->setMinimumContentsLength(8);
    fillWith(*m_box);
    connect(m_box->lineEdit(), &QLineEdit::textEdited, this, &FieldEditor::edited);
    connect(m_box, &QComboBox::activated, this, &FieldEditor::edited);
}

Result<SettingValue> SizeEditor::value() const
{
    return parseSetting(m_field, utf8(m_box->currentText().trimmed()));
}

void SizeEditor::display(const SettingValue &value)
{
    m_box->setEditText(text(settingToText(value)));
}

QWidget &SizeEditor::control() const
{
    return *m_box;
}

} // namespace heliograph::ui
