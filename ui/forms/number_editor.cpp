#include "forms/number_editor.h"

#include "forms/number_box.h"
#include "style/theme.h"
#include "text/words.h"

#include <QLabel>
#include <QLayout>

namespace heliograph::ui {

NumberEditor::NumberEditor(const SettingField &field, QWidget *parent)
    : FieldEditor(parent)
    , m_field(field)
    , m_box(new NumberBox(field, this))
{
    fillWith(*m_box);
    if (!field.unit.empty()) {
        auto *unit = new QLabel(text(field.unit), this);
        setStyled(*unit, "role", "caption");
        layout()->addWidget(unit);
    }
    connect(m_box, &NumberBox::edited, this, &FieldEditor::edited);
}

Result<SettingValue> NumberEditor::value() const
{
    return parseSetting(m_field, utf8(m_box->text()));
}

void NumberEditor::display(const SettingValue &value)
{
    m_box->setText(text(settingToText(value)));
}

QWidget &NumberEditor::control() const
{
    return *m_box;
}

} // namespace heliograph::ui
