// A check box for a Toggle.
// Thread: Qt main. Owner: its FieldRow.
#pragma once

#include "forms/field_editor.h"

class QCheckBox;

namespace heliograph::ui {

class ToggleEditor : public FieldEditor {
    Q_OBJECT
public:
    explicit ToggleEditor(QWidget *parent);

    Result<SettingValue> value() const override;
    void display(const SettingValue &value) override;
    QWidget &control() const override;

private:
    QCheckBox *m_box;
};

} // namespace heliograph::ui
