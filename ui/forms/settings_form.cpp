#include "forms/settings_form.h"

#include "forms/field_row.h"

#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

namespace heliograph::ui {

using namespace std::chrono_literals;

namespace {

constexpr int advancedHeight = 230;

QVBoxLayout *rowsLayout(QWidget *owner)
{
    auto *layout = new QVBoxLayout(owner);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    return layout;
}

} // namespace

SettingsForm::SettingsForm(QWidget *parent)
    : QWidget(parent)
{
    build();
    m_pause.setSingleShot(true);
    m_pause.setInterval(400ms);
    connect(&m_pause, &QTimer::timeout, this, [this] { emit changed(values()); });
}

void SettingsForm::build()
{
    m_fold = new QToolButton;
    m_fold->setText(tr("Advanced"));
    m_fold->setAccessibleName(tr("Advanced"));
    m_fold->setProperty("flat", true);
    m_fold->setCheckable(true);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_fold, &QToolButton::toggled, this, &SettingsForm::unfold);
    auto *rare = new QWidget;
    rowsLayout(rare)->setContentsMargins(0, 0, 4, 0);
    m_advanced = new QScrollArea; // many of them must not push the rest off the screen
    m_advanced->setWidget(rare);
    m_advanced->setWidgetResizable(true);
    m_advanced->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_advanced->setFocusPolicy(Qt::NoFocus);
    m_advanced->setMinimumHeight(advancedHeight);
    QVBoxLayout *layout = rowsLayout(this);
    m_basic = new QVBoxLayout;
    m_basic->setSpacing(8);
    layout->addLayout(m_basic);
    layout->addWidget(m_fold, 0, Qt::AlignLeft);
    layout->addWidget(m_advanced);
    unfold(false);
}

void SettingsForm::unfold(bool open)
{
    m_fold->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    m_advanced->setVisible(open);
}

void SettingsForm::setSchema(const SettingsSchema &schema, const Settings &values)
{
    flush();
    clear();
    for (const SettingField &field : schema) {
        auto *row = new FieldRow(field, this);
        (field.advanced ? m_advanced->widget()->layout() : m_basic)->addWidget(row);
        m_rows.push_back(row);
        connect(row, &FieldRow::edited, this, &SettingsForm::edited);
        connect(row, &FieldRow::changed, &m_pause, qOverload<>(&QTimer::start));
    }
    m_fold->setVisible(m_advanced->widget()->layout()->count() > 0);
    m_fold->setChecked(false);
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
