// Gives the whole application its look: the Fusion style, one palette, one style sheet.
// Thread: Qt main. Owner: app/studio calls it once, before the first window.
#pragma once

class QApplication;
class QWidget;

namespace heliograph::ui {

void applyTheme(QApplication &application);

// Sets a property that the style sheet looks at ("role", "tone", "bad") and draws the widget anew.
void setStyled(QWidget &widget, const char *property, const char *value);

} // namespace heliograph::ui
