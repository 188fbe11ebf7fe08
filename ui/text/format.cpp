#include "text/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace heliograph::ui {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("format", text);
}

// Three digits at most before the unit changes, one decimal below ten.
QString scaled(double value, const std::array<const char *, 4> &forms)
{
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < forms.size()) {
        value /= 1000;
        ++unit;
    }
    const int decimals = unit > 0 && value < 99.95 ? 1 : 0;
    return translated(forms[unit]).arg(QLocale().toString(value, 'f', decimals));
}

} // namespace

QString missing()
{
    return QStringLiteral("—");
}

QString dataText(std::uint64_t bytes)
{
    return scaled(double(bytes),
                  {QT_TRANSLATE_NOOP("format", "%1 B"), QT_TRANSLATE_NOOP("format", "%1 kB"),
                   QT_TRANSLATE_NOOP("format", "%1 MB"), QT_TRANSLATE_NOOP("format", "%1 GB")});
}

QString rateText(double bitsPerSecond)
{
    return scaled(
        bitsPerSecond,
        {QT_TRANSLATE_NOOP("format", "%1 bit/s"), QT_TRANSLATE_NOOP("format", "%1 kbit/s"),
         QT_TRANSLATE_NOOP("format", "%1 Mbit/s"), QT_TRANSLATE_NOOP("format", "%1 Gbit/s")});
}

QString countText(std::uint64_t count)
{
    return QLocale().toString(qulonglong(count));
}

QString fpsText(double fps)
{
    const bool whole = std::abs(fps - std::round(fps)) < 0.05;
    return translated(QT_TRANSLATE_NOOP("format", "%1 fps"))
        .arg(QLocale().toString(fps, 'f', whole ? 0 : 1));
}

QString pictureText(PictureSize size)
{
    if (size.width <= 0 || size.height <= 0)
        return missing();
    return QStringLiteral("%1 × %2").arg(size.width).arg(size.height);
}

QString durationText(std::chrono::seconds duration)
{
    const auto total = std::max<std::int64_t>(0, duration.count());
    const auto padded = [](std::int64_t value) {
        return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
    };
    const auto hours = total / 3600, minutes = total / 60 % 60, seconds = total % 60;
    if (hours > 0)
        return QStringLiteral("%1:%2:%3").arg(hours).arg(padded(minutes), padded(seconds));
    return QStringLiteral("%1:%2").arg(minutes).arg(padded(seconds));
}

QString millisecondsText(std::optional<double> value)
{
    if (!value)
        return missing();
    const int decimals = *value < 9.95 && *value > 0 ? 1 : 0;
    return translated(QT_TRANSLATE_NOOP("format", "%1 ms"))
        .arg(QLocale().toString(*value, 'f', decimals));
}

QString percentText(std::optional<double> value)
{
    if (!value)
        return missing();
    return translated(QT_TRANSLATE_NOOP("format", "%1 %"))
        .arg(QLocale().toString(*value, 'f', *value > 0 && *value < 9.95 ? 1 : 0));
}

} // namespace heliograph::ui
