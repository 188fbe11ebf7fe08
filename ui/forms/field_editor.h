// The control for one SettingField: one small class for each kind, made by makeEditor().
// Thread: Qt main. Owner: its FieldRow.
#pragma once

#include <engine/device.h>
#include <engine/settings.h>

#include <QWidget>

namespace heliograph::ui {

class FieldEditor : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    // What the person has entered. Errors: InvalidArgument with a sentence.
    virtual Result<SettingValue> value() const = 0;
    // Shows a value without emitting edited().
    virtual void display(const SettingValue &value) = 0;
    // The control that has the focus, the accessible name and the red border.
    virtual QWidget &control() const = 0;
    virtual void setDevices(const std::vector<DeviceInfo> &) { }

signals:
    void edited();

protected:
    void fillWith(QWidget &control); // lays the control out over the whole editor
};

FieldEditor *makeEditor(const SettingField &field, QWidget *parent);

} // namespace heliograph::ui
