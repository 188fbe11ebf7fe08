// A list to choose one value from.
// Thread: Qt main. Owner: its FieldRow.
#pragma once

#include "forms/field_editor.h"

class QComboBox;

namespace heliograph::ui {

class ChoiceEditor : public FieldEditor {
    Q_OBJECT
public:
    ChoiceEditor(const SettingField &field, QWidget *parent);

    Result<SettingValue> value() const override;
    void display(const SettingValue &value) override;
    QWidget &control() const override;

private:
    SettingField m_field;
    QComboBox *m_box;
};

} // namespace heliograph::ui
