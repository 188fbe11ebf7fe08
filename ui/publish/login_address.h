// An address that logs in by itself: what a person hands to a player, never what is shown.
// Thread: Qt main (pure functions).
#pragma once

#include <engine/project.h>

#include <QMimeData>
#include <QString>

namespace heliograph::ui {

// "rtsp://viewer:lusab-babad-gutih@192.168.1.14:8554/cam", percent-encoded where needed; for RTMP,
// which has no place for it there, "rtmp://192.168.1.14:1935/cam?user=viewer&pass=…".
QString loginAddress(const QString &address, const User &user);

// For the clipboard; tells clipboard histories that it is not for them.
QMimeData *secretText(const QString &text);

} // namespace heliograph::ui
