#include "wall/tile_wall.h"

#include "sources/source_selection.h"
#include "wall/tile_grid.h"

#include <algorithm>
#include <chrono>

namespace heliograph::ui {

using namespace std::chrono_literals;

TileWall::TileWall(StudioBridge &bridge, SourceSelection &selection, QWidget *parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_selection(selection)
{
    connect(&selection, &SourceSelection::changed, this, &TileWall::followSelection);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &TileWall::refresh);
    m_timer.start(250ms);
}

void TileWall::refreshTiles(const Snapshot &snapshot)
{
    const std::size_t before = m_tiles.size();
    removeMissing(snapshot);
    const bool removed = m_tiles.size() != before;
    const std::size_t kept = m_tiles.size();
    for (const SourceSnapshot &source : snapshot.sources)
        tileOf(source.id).describe(source);
    if (removed || m_tiles.size() != kept)
        arrange();
}

void TileWall::removeMissing(const Snapshot &snapshot)
{
    const auto gone = [&](PreviewTile *tile) {
        const bool here =
            std::any_of(snapshot.sources.begin(), snapshot.sources.end(),
                        [&](const SourceSnapshot &each) { return each.id == tile->id(); });
        if (!here)
            delete tile;
        return !here;
    };
    m_tiles.erase(std::remove_if(m_tiles.begin(), m_tiles.end(), gone), m_tiles.end());
}

PreviewTile &TileWall::tileOf(SourceId id)
{
    const auto found = std::find_if(m_tiles.begin(), m_tiles.end(),
                                    [id](const PreviewTile *tile) { return tile->id() == id; });
    if (found != m_tiles.end())
        return **found;
    auto *tile = new PreviewTile(id, m_bridge.preview(id), this);
    m_tiles.push_back(tile);
    tile->setSelected(id == m_selection.current());
    tile->show();
    connect(tile, &PreviewTile::selected, this, [this, id] { m_selection.select(id); });
    return *tile;
}

void TileWall::followSelection()
{
    for (PreviewTile *tile : m_tiles)
        tile->setSelected(tile->id() == m_selection.current());
}

void TileWall::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void TileWall::arrange()
{
    const TileGrid grid = gridFor(int(m_tiles.size()), size());
    for (std::size_t i = 0; i < m_tiles.size(); ++i)
        m_tiles[i]->setGeometry(tileRect(grid, int(i)));
}

void TileWall::refresh()
{
    bool seen = false;
    for (PreviewTile *tile : m_tiles)
        seen = tile->refresh() || seen;
    const auto pause = seen ? 33ms : 250ms;
    if (m_timer.intervalAsDuration() != pause)
        m_timer.setInterval(pause);
}

} // namespace heliograph::ui
