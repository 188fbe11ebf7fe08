// The studio's own line icons, drawn in the colour that is asked for, and its application icon.
// Thread: Qt main.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace heliograph::ui {

// The icon resources/icons/NAME.svg, with a fainter twin for disabled controls.
QIcon lineIcon(const QString &name);
QIcon lineIcon(const QString &name, const QColor &color);

// resources/icons/source-TYPE.svg where there is one, else a general icon.
QIcon sourceTypeIcon(const QString &type);

QIcon applicationIcon();

} // namespace heliograph::ui
