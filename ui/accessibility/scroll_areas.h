// How screen readers see areas that scroll.
// Thread: Qt main.
#pragma once

namespace heliograph::ui {

// Once, after the QApplication is made. Qt's own view of such an area (seen with 6.4) reads past
// its list of children when a reader asks for one that has just gone, such as a scroll bar, and the
// program ends.
void guardScrollAreas();

} // namespace heliograph::ui
