// Brings the engine's replies to the Qt main thread.
// Thread: what it returns may be called from any.
// Owner: StudioOptions. The Studio must end before the application object does: replies posted
// after the event loop has ended are dropped with it.
#pragma once

#include <QCoreApplication>
#include <functional>

namespace heliograph::ui {

std::function<void(std::function<void()>)> mainThreadExecutor(QCoreApplication &application);

} // namespace heliograph::ui
