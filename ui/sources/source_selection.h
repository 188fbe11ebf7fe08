// Which source the list, the wall and the inspector speak about.
// Thread: Qt main. Owner: MainWindow.
#pragma once

#include "bridge/studio_bridge.h"

namespace heliograph::ui {

class SourceSelection : public QObject {
    Q_OBJECT
public:
    explicit SourceSelection(StudioBridge &bridge, QObject *parent = nullptr);

    SourceId current() const { return m_current; } // SourceId{} when there is none
    void select(SourceId id);

signals:
    void changed(); // current() is another one

private:
    void follow(const Snapshot &snapshot);

    SourceId m_current{};
    bool m_seen = false; // the snapshot has had it: a source just added comes a little later
};

} // namespace heliograph::ui
