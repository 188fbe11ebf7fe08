#include "forms/settings_form.h"

#include "forms/field_row.h"

#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

namespace heliograph::ui {

using namespace std::chrono_literals;

SettingsForm::SettingsForm(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    m_pause.setSingleShot(true);
    m_pause.setInterval(400ms);
    connect(&m_pause, &QTimer::timeout, this, [this] { emit changed(values()); });
}

void SettingsForm::setSchema(const SettingsSchema &schema, const Settings &values)
{
    flush();
    clear();
    for (const SettingField &field : schema) {
        auto *row = new FieldRow(field, this);
        m_layout->addWidget(row);
        m_rows.push_back(row);
        connect(row, &FieldRow::edited, this, &SettingsForm::edited);
        connect(row, &FieldRow::changed, &m_pause, qOverload<>(&QTimer::start));
    }
    setValues(values);
}

void SettingsForm::clear()
{
    for (FieldRow *row : m_rows)
        delete row;
    m_rows.clear();
}

void SettingsForm::setValues(const Settings &values)
{
    for (FieldRow *row : m_rows) {
        if (const auto value = values.find(row->key()); value != values.end())
            row->accept(value->second);
    }
}

void SettingsForm::setDevices(const std::vector<DeviceInfo> &devices)
{
    for (FieldRow *row : m_rows)
        row->setDevices(devices);
}

Settings SettingsForm::values() const
{
    Settings values;
    for (const FieldRow *row : m_rows)
        values.emplace(row->key(), row->value());
    return values;
}

bool SettingsForm::isValid() const
{
    return std::all_of(m_rows.begin(), m_rows.end(),
                       [](const FieldRow *row) { return row->isValid(); });
}

void SettingsForm::flush()
{
    if (!m_pause.isActive())
        return;
    m_pause.stop();
    emit changed(values());
}

} // namespace heliograph::ui
