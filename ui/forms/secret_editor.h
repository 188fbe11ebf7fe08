// A line for a Secret: dots until the eye is pressed, and a button for a new one where any will do.
// Thread: Qt main. Owner: its FieldRow.
#pragma once

#include "forms/field_editor.h"

class QAction;
class QLineEdit;

namespace heliograph::ui {

class SecretEditor : public FieldEditor {
    Q_OBJECT
public:
    SecretEditor(const SettingField &field, QWidget *parent);

    Result<SettingValue> value() const override;
    void display(const SettingValue &value) override;
    QWidget &control() const override;

private:
    void makeEye();
    void makeRenewer();
    void setRevealed(bool revealed);

    SettingField m_field;
    QLineEdit *m_line;
    QAction *m_eye = nullptr;
};

} // namespace heliograph::ui
