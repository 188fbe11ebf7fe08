// Numbers as people read them, in the words of their language. What is not known is an em dash.
// Thread: Qt main (pure functions that use the application's translator).
#pragma once

#include <engine/settings.h>

#include <QString>
#include <chrono>
#include <cstdint>
#include <optional>

namespace heliograph::ui {

QString missing(); // "—"
QString dataText(std::uint64_t bytes); // "12.4 MB"
QString rateText(double bitsPerSecond); // "2.5 Mbit/s"
QString countText(std::uint64_t count); // "12,345"
QString fpsText(double fps); // "29.9 fps"
QString pictureText(PictureSize size); // "1280 × 720"
QString durationText(std::chrono::seconds duration); // "2:05", "1:02:05"
QString millisecondsText(std::optional<double> value); // "12 ms"
QString percentText(std::optional<double> value); // "0.4 %"

} // namespace heliograph::ui
