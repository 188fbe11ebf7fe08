// The right side of the window: publishing and settings of the selected source.
// Thread: Qt main. Owner: MainWindow.
#pragma once

#include "bridge/studio_bridge.h"

#include <QFrame>

class QLabel;
class QStackedLayout;

namespace heliograph::ui {

class Listening;
class PlaybackBar;
class PublishPanel;
class SoundRow;
class SourceSelection;
class SourceSettings;

class InspectorPanel : public QFrame {
    Q_OBJECT
public:
    // Takes the publish panel over.
    InspectorPanel(StudioBridge &bridge, SourceSelection &selection, Listening &listening,
                   PublishPanel *publish, QWidget *parent = nullptr);

private:
    void build(Listening &listening, PublishPanel *publish);
    QWidget *makeHeader();
    void refresh(const Snapshot &snapshot);

    StudioBridge &m_bridge;
    SourceSelection &m_selection;
    SourceId m_shown{}; // the selected one, as soon as a snapshot has it
    QLabel *m_name = nullptr;
    QLabel *m_type = nullptr;
    QLabel *m_badge = nullptr;
    QLabel *m_problem = nullptr;
    SoundRow *m_sound = nullptr;
    PlaybackBar *m_playback = nullptr;
    QLabel *m_settingsTitle = nullptr;
    SourceSettings *m_settings = nullptr;
    QLabel *m_storyTitle = nullptr;
    QLabel *m_story = nullptr;
};

} // namespace heliograph::ui
