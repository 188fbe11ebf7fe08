#include "bridge/reply_executor.h"

#include <QMetaObject>

namespace heliograph::ui {

std::function<void(std::function<void()>)> mainThreadExecutor(QCoreApplication &application)
{
    return [&application](std::function<void()> work) {
        QMetaObject::invokeMethod(&application, std::move(work), Qt::QueuedConnection);
    };
}

} // namespace heliograph::ui
