// One line of a form: title, control, and below it a sentence while the entry is wrong.
// Thread: Qt main. Owner: its SettingsForm.
#pragma once

#include "forms/field_editor.h"

class QLabel;

namespace heliograph::ui {

class FieldRow : public QWidget {
    Q_OBJECT
public:
    FieldRow(const SettingField &field, QWidget *parent);

    const std::string &key() const { return m_field.key; }
    // The last entry that was right.
    const SettingValue &value() const { return m_good; }
    bool isValid() const { return m_valid; }
    // What the engine has. Left alone while a person's own entry is on its way there.
    void accept(const SettingValue &value);
    void setDevices(const std::vector<DeviceInfo> &devices) { m_editor->setDevices(devices); }

signals:
    void edited(); // any entry, right or wrong
    void changed(); // value() is another one now

private:
    void takeEntry();
    void showProblem(const QString &sentence);
    void describe();

    SettingField m_field;
    FieldEditor *m_editor;
    QLabel *m_problem;
    SettingValue m_good;
    bool m_valid = true;
    bool m_ahead = false; // the person's entry is newer than the engine's value
};

} // namespace heliograph::ui
