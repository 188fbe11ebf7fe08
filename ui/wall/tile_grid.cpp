#include "wall/tile_grid.h"

#include <algorithm>

namespace heliograph::ui {

namespace {

TileGrid withColumns(int columns, int count, QSize area)
{
    const int rows = (count + columns - 1) / columns;
    const int byWidth = (area.width() - (columns - 1) * tileSpacing) / columns;
    const int pictureHeight = (area.height() - (rows - 1) * tileSpacing) / rows - tileCaption;
    const int width = std::max(1, std::min(byWidth, pictureHeight * 16 / 9));
    const QSize tile(width, width * 9 / 16 + tileCaption);
    const QSize whole(columns * tile.width() + (columns - 1) * tileSpacing,
                      rows * tile.height() + (rows - 1) * tileSpacing);
    const QSize rest = (area - whole).expandedTo({0, 0}) / 2;
    return {columns, tile, {rest.width(), rest.height()}};
}

} // namespace

TileGrid gridFor(int count, QSize area)
{
    TileGrid best = withColumns(1, std::max(1, count), area);
    for (int columns = 2; columns <= count; ++columns) {
        const TileGrid grid = withColumns(columns, count, area);
        if (grid.tile.width() > best.tile.width())
            best = grid;
    }
    return best;
}

QRect tileRect(const TileGrid &grid, int index)
{
    const int column = index % grid.columns, row = index / grid.columns;
    return {grid.origin
                + QPoint(column * (grid.tile.width() + tileSpacing),
                         row * (grid.tile.height() + tileSpacing)),
            grid.tile};
}

} // namespace heliograph::ui
