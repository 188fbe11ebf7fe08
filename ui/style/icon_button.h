// A button that is only an icon, with the name that a screen reader says.
// Thread: Qt main.
#pragma once

#include <QString>

class QToolButton;

namespace heliograph::ui {

// For a layout to take. help: its tooltip.
QToolButton *iconButton(const QString &icon, const QString &name, const QString &help);

} // namespace heliograph::ui
