#include "accessibility/scroll_areas.h"

#include <QAbstractScrollArea>
#include <QAccessibleWidget>

namespace heliograph::ui {

namespace {

QAccessibleInterface *makeArea(const QString &className, QObject *object)
{
    const bool isArea = className == "QScrollArea" || className == "QAbstractScrollArea";
    auto *area = isArea ? qobject_cast<QAbstractScrollArea *>(object) : nullptr;
    return area ? new QAccessibleWidget(area, QAccessible::Client) : nullptr;
}

} // namespace

void guardScrollAreas()
{
    QAccessible::installFactory(makeArea);
}

} // namespace heliograph::ui
