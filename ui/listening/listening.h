// Listening to the selected source: a switch that is off when the studio starts, and moves along
// when another source is selected. What it plays with has a thread of its own, from the first time
// on, so that the window waits for no sound server.
// Thread: Qt main. Owner: MainWindow.
#pragma once

#include "bridge/studio_bridge.h"
#include "listening/sound_output.h"

class QAction;
class QThread;

namespace heliograph::ui {

class SoundPlayer;
class SourceSelection;

class Listening : public QObject {
    Q_OBJECT
public:
    Listening(StudioBridge &bridge, SourceSelection &selection, OpenOutput open);
    ~Listening() override;

    QAction *action() const { return m_action; } // Ctrl+L: for the menu bar and a button
    QString problem() const { return m_problem; } // why nothing is heard; empty while off

signals:
    void changed(); // problem() is another one

private:
    void refresh();
    void showState(const SourceSnapshot *source);
    void listenTo(SourceId id); // SourceId{}: to none
    SoundPlayer &player();
    void setProblem(const QString &problem);

    StudioBridge &m_bridge;
    SourceSelection &m_selection;
    const OpenOutput m_open;
    QAction *m_action;
    SourceId m_heard{}; // the source that is listened to
    QString m_problem;
    QThread *m_thread = nullptr; // null: nobody has listened yet
    SoundPlayer *m_player = nullptr; // lives and dies on the thread
};

} // namespace heliograph::ui
