// How many columns show so many 16:9 tiles largest, and where each one goes.
// Thread: any (pure functions).
#pragma once

#include <QRect>
#include <QSize>

namespace heliograph::ui {

struct TileGrid {
    int columns = 1;
    QSize tile;
    QPoint origin; // of the first tile: what is left over is shared by both sides
};

constexpr int tileSpacing = 8; // pixels between tiles
constexpr int tileCaption = 34; // pixels below the picture

TileGrid gridFor(int count, QSize area);
QRect tileRect(const TileGrid &grid, int index);

} // namespace heliograph::ui
