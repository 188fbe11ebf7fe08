// Where a file stands: a button that pauses it, a slider that seeks in it, and the time. Hidden for
// what is live. Thread: Qt main. Owner: InspectorPanel.
#pragma once

#include "bridge/studio_bridge.h"

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace heliograph::ui {

class PlaybackBar : public QWidget {
    Q_OBJECT
public:
    explicit PlaybackBar(StudioBridge &bridge, QWidget *parent = nullptr);

    void refresh(const SourceSnapshot *source); // null: none is selected

protected:
    void keyPressEvent(QKeyEvent *event) override; // of the slider, too

private:
    void build();
    void showPlayback(const Playback &playback);
    void showTime(std::chrono::milliseconds position);
    void toggle();
    void seek(int position);
    void send(const PlaybackCommand &command);

    StudioBridge &m_bridge;
    SourceId m_shown{};
    Playback m_playback;
    int m_waiting = 0; // for so many answers: what the snapshot says is older
    QToolButton *m_button = nullptr;
    QSlider *m_slider = nullptr; // milliseconds
    QLabel *m_time = nullptr;
    QLabel *m_file = nullptr;
    QLabel *m_problem = nullptr;
};

} // namespace heliograph::ui
