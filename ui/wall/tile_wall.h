// The tiles, laid out as large as they fit. Asks for pictures thirty times a second while a tile
// can be seen, four times a second while none can.
// Thread: Qt main. Owner: WallPanel.
#pragma once

#include "bridge/studio_bridge.h"
#include "wall/preview_tile.h"

#include <QTimer>
#include <QWidget>

namespace heliograph::ui {

class SourceSelection;

class TileWall : public QWidget {
    Q_OBJECT
public:
    TileWall(StudioBridge &bridge, SourceSelection &selection, QWidget *parent = nullptr);

    void refreshTiles(const Snapshot &snapshot);
    bool isEmpty() const { return m_tiles.empty(); }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void removeMissing(const Snapshot &snapshot);
    PreviewTile &tileOf(SourceId id);
    void arrange();
    void followSelection();
    void refresh();

    StudioBridge &m_bridge;
    SourceSelection &m_selection;
    std::vector<PreviewTile *> m_tiles;
    QTimer m_timer;
};

} // namespace heliograph::ui
