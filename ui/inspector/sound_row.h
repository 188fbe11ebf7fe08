// The sound of the selected source: how loud it is, and the switch to listen to it.
// Thread: Qt main. Owner: InspectorPanel.
#pragma once

#include <engine/snapshot.h>

#include <QWidget>

class QLabel;

namespace heliograph::ui {

class LevelMeter;
class Listening;

class SoundRow : public QWidget {
    Q_OBJECT
public:
    explicit SoundRow(Listening &listening, QWidget *parent = nullptr);

    void refresh(const SourceSnapshot *source); // null: none is selected

private:
    void showProblem();

    Listening &m_listening;
    LevelMeter *m_level;
    QLabel *m_problem;
};

} // namespace heliograph::ui
