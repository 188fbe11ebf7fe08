#include "forms/device_editor.h"

#include "text/words.h"

#include <QAbstractItemView>
#include <QComboBox>

namespace heliograph::ui {

DeviceEditor::DeviceEditor(const SettingField &field, QWidget *parent)
    : FieldEditor(parent)
    , m_field(field)
    , m_box(new QComboBox(this))
{
    m_box->setMinimumContentsLength(8);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    fillWith(*m_box);
    rebuild();
    connect(m_box, &QComboBox::activated, this, &FieldEditor::edited);
}

Result<SettingValue> DeviceEditor::value() const
{
    return parseSetting(m_field, utf8(m_box->currentData().toString()));
}

void DeviceEditor::display(const SettingValue &value)
{
    select(text(settingToText(value)));
}

QWidget &DeviceEditor::control() const
{
    return *m_box;
}

void DeviceEditor::setDevices(const std::vector<DeviceInfo> &devices)
{
    const bool choosing = m_box->view()->isVisible(); // titles of windows change meanwhile
    if (devices == m_devices || choosing)
        return;
    m_devices = devices;
    const QString chosen = m_box->currentData().toString();
    rebuild();
    select(chosen);
}

void DeviceEditor::rebuild()
{
    m_box->clear();
    for (const SettingChoice &choice : m_field.choices)
        m_box->addItem(text(choice.title), text(choice.value));
    for (const DeviceInfo &device : m_devices)
        if (device.sourceType == m_field.deviceType)
            m_box->addItem(text(device.name), text(device.id));
}

void DeviceEditor::select(const QString &id)
{
    if (m_box->findData(id) < 0)
        m_box->addItem(tr("Not there: %1").arg(id), id);
    m_box->setCurrentIndex(m_box->findData(id));
}

} // namespace heliograph::ui
