// A preview picture as Qt Multimedia draws it.
// Thread: any (pure function).
#pragma once

#include <engine/preview.h>

#include <QVideoFrame>

namespace heliograph::ui {

// Cut to even sides, as QVideoFrame halves them for its colour planes. Invalid when the planes are
// shorter than the size says.
QVideoFrame toVideoFrame(const PreviewFrame &preview);

} // namespace heliograph::ui
