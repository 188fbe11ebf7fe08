// A number box with its unit, for an Integer or a Real.
// Thread: Qt main. Owner: its FieldRow.
#pragma once

#include "forms/field_editor.h"

namespace heliograph::ui {

class NumberBox;

class NumberEditor : public FieldEditor {
    Q_OBJECT
public:
    NumberEditor(const SettingField &field, QWidget *parent);

    Result<SettingValue> value() const override;
    void display(const SettingValue &value) override;
    QWidget &control() const override;

private:
    SettingField m_field;
    NumberBox *m_box;
};

} // namespace heliograph::ui
