#include "style/theme.h"

#include "style/colors.h"
#include "style/icons.h"

#include <QApplication>
#include <QFile>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>
#include <algorithm>
#include <utility>
#include <vector>

namespace heliograph::ui {

namespace {

QPalette studioPalette()
{
    QPalette palette(colors::raised, colors::window);
    palette.setColor(QPalette::WindowText, colors::text);
    palette.setColor(QPalette::Base, colors::panel);
    palette.setColor(QPalette::AlternateBase, colors::stripe);
    palette.setColor(QPalette::Text, colors::text);
    palette.setColor(QPalette::ButtonText, colors::text);
    palette.setColor(QPalette::BrightText, colors::badText);
    palette.setColor(QPalette::PlaceholderText, colors::faint);
    palette.setColor(QPalette::Highlight, colors::selection);
    palette.setColor(QPalette::HighlightedText, colors::text);
    palette.setColor(QPalette::ToolTipBase, colors::raised);
    palette.setColor(QPalette::ToolTipText, colors::text);
    palette.setColor(QPalette::Link, colors::accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colors::faint);
    return palette;
}

// Longest names first, so that "@accent" does not eat the start of "@accentHover".
std::vector<std::pair<QString, QColor>> colorNames()
{
    return {
        {"@warningSoft", colors::warningSoft},
        {"@warningText", colors::warningText},
        {"@accentHover", colors::accentHover},
        {"@selection", colors::selection},
        {"@onAccent", colors::onAccent},
        {"@busySoft", colors::busySoft},
        {"@busyText", colors::busyText},
        {"@badSoft", colors::badSoft},
        {"@badText", colors::badText},
        {"@window", colors::window},
        {"@raised", colors::raised},
        {"@border", colors::border},
        {"@accent", colors::accent},
        {"@stripe", colors::stripe},
        {"@onLive", colors::onLive},
        {"@onBad", colors::onBad},
        {"@panel", colors::panel},
        {"@hover", colors::hover},
        {"@field", colors::field},
        {"@muted", colors::muted},
        {"@faint", colors::faint},
        {"@edge", colors::edge},
        {"@text", colors::text},
        {"@live", colors::live},
        {"@bad", colors::bad},
    };
}

QString studioStyleSheet()
{
    QFile file(":/heliograph/style/studio.qss");
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    for (const auto &[name, color] : colorNames())
        sheet.replace(name, color.name());
    return sheet;
}

} // namespace

void applyTheme(QApplication &application)
{
    application.setStyle(QStyleFactory::create("Fusion"));
    application.setPalette(studioPalette());
    application.setStyleSheet(studioStyleSheet());
    application.setWindowIcon(applicationIcon());
}

void setStyled(QWidget &widget, const char *property, const char *value)
{
    if (widget.property(property).toString() == QLatin1String(value))
        return;
    widget.setProperty(property, QString::fromLatin1(value));
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

} // namespace heliograph::ui
