// A line for a Text.
// Thread: Qt main. Owner: its FieldRow.
#pragma once

#include "forms/field_editor.h"

class QLineEdit;

namespace heliograph::ui {

class TextEditor : public FieldEditor {
    Q_OBJECT
public:
    TextEditor(const SettingField &field, QWidget *parent);

    Result<SettingValue> value() const override;
    void display(const SettingValue &value) override;
    QWidget &control() const override;

private:
    SettingField m_field;
    QLineEdit *m_line;
};

} // namespace heliograph::ui
