// The centre of the window: the wall of tiles, or a few words while there is no source.
// Thread: Qt main. Owner: MainWindow.
#pragma once

#include "bridge/studio_bridge.h"

#include <QFrame>

class QStackedLayout;

namespace heliograph::ui {

class SourceSelection;
class TileWall;

class WallPanel : public QFrame {
    Q_OBJECT
public:
    WallPanel(StudioBridge &bridge, SourceSelection &selection, QWidget *parent = nullptr);

private:
    void refresh(const Snapshot &snapshot);

    TileWall *m_wall;
    QWidget *m_empty;
    QStackedLayout *m_stack;
};

} // namespace heliograph::ui
