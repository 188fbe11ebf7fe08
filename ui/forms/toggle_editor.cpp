#include "forms/toggle_editor.h"

#include <QCheckBox>

namespace heliograph::ui {

ToggleEditor::ToggleEditor(QWidget *parent)
    : FieldEditor(parent)
    , m_box(new QCheckBox(this))
{
    fillWith(*m_box);
    connect(m_box, &QCheckBox::clicked, this, &FieldEditor::edited);
}

Result<SettingValue> ToggleEditor::value() const
{
    return SettingValue(m_box->isChecked());
}

void ToggleEditor::display(const SettingValue &value)
{
    const bool *checked = std::get_if<bool>(&value);
    m_box->setChecked(checked && *checked);
}

QWidget &ToggleEditor::control() const
{
    return *m_box;
}

} // namespace heliograph::ui
