#include "style/icon_button.h"

#include "style/icons.h"

#include <QToolButton>

namespace heliograph::ui {

QToolButton *iconButton(const QString &icon, const QString &name, const QString &help)
{
    auto *button = new QToolButton;
    button->setIcon(lineIcon(icon));
    button->setAccessibleName(name);
    button->setToolTip(help);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace heliograph::ui
