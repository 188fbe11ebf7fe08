// The cameras there are, by name; "First camera found" for no camera in particular, where the type
// can do without one. One that is unplugged stays chosen, by its id. Thread: Qt main. Owner: its
// FieldRow.
#pragma once

#include "forms/field_editor.h"

class QComboBox;

namespace heliograph::ui {

class DeviceEditor : public FieldEditor {
    Q_OBJECT
public:
    DeviceEditor(const SettingField &field, QWidget *parent);

    Result<SettingValue> value() const override;
    void display(const SettingValue &value) override;
    QWidget &control() const override;
    void setDevices(const std::vector<DeviceInfo> &devices) override;

private:
    void rebuild();
    void select(const QString &id);

    SettingField m_field;
    std::vector<DeviceInfo> m_devices;
    QComboBox *m_box;
};

} // namespace heliograph::ui
