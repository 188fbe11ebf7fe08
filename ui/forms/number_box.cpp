#include "forms/number_box.h"

#include "text/words.h"

#include <QLineEdit>
#include <algorithm>
#include <cmath>

namespace heliograph::ui {

NumberBox::NumberBox(const SettingField &field, QWidget *parent)
    : QAbstractSpinBox(parent)
    , m_field(field)
{
    connect(lineEdit(), &QLineEdit::textEdited, this, &NumberBox::edited);
}

QString NumberBox::text() const
{
    return lineEdit()->text().trimmed();
}

void NumberBox::setText(const QString &text)
{
    lineEdit()->setText(text);
}

// A hundredth of the range, rounded to 1, 10, 100…: a bitrate moves by hundreds, a rate by ones.
double NumberBox::step() const
{
    const double range = m_field.maximum - m_field.minimum;
    const double hundredth = std::max(range / 100, 1e-3);
    const double rounded = std::pow(10, std::floor(std::log10(hundredth)));
    return m_field.kind == SettingKind::Integer ? std::max(1.0, rounded) : rounded;
}

void NumberBox::stepBy(int steps)
{
    bool isNumber = false;
    const double typed = text().toDouble(&isNumber);
    const double from = isNumber ? typed : m_field.minimum;
    const double stepped = std::clamp(from + steps * step(), m_field.minimum, m_field.maximum);
    const SettingValue value = m_field.kind == SettingKind::Integer
        ? SettingValue(std::int64_t(std::llround(stepped)))
        : SettingValue(std::round(stepped * 1000) / 1000);
    setText(ui::text(settingToText(value)));
    selectAll();
    emit edited();
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const
{
    return StepUpEnabled | StepDownEnabled;
}

QValidator::State NumberBox::validate(QString &, int &) const
{
    return QValidator::Acceptable;
}

} // namespace heliograph::ui
