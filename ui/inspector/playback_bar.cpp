#include "inspector/playback_bar.h"

#include "style/icon_button.h"
#include "style/icons.h"
#include "style/theme.h"
#include "text/format.h"
#include "text/words.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

namespace heliograph::ui {

namespace {

using std::chrono::milliseconds;

constexpr int arrowStep = 5000; // milliseconds
constexpr int pageStep = 30000;

QString timeText(milliseconds time)
{
    return durationText(std::chrono::duration_cast<std::chrono::seconds>(time));
}

} // namespace

PlaybackBar::PlaybackBar(StudioBridge &bridge, QWidget *parent)
    : QWidget(parent)
    , m_bridge(bridge)
{
    build();
    connect(m_button, &QToolButton::clicked, this, &PlaybackBar::toggle);
    connect(m_slider, &QSlider::sliderMoved, this,
            [this](int position) { showTime(milliseconds(position)); });
    connect(m_slider, &QSlider::valueChanged, this, &PlaybackBar::seek);
    hide();
}

void PlaybackBar::build()
{
    m_button = iconButton("pause", tr("Pause"), QString());
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setAccessibleName(tr("Position"));
    m_slider->setTracking(false); // it seeks when the hand lets go
    m_slider->setSingleStep(arrowStep);
    m_slider->setPageStep(pageStep);
    m_time = new QLabel;
    m_time->setAccessibleName(tr("Time"));
    m_file = new QLabel;
    m_file->setTextFormat(Qt::PlainText);
    m_file->setWordWrap(true);
    setStyled(*m_file, "role", "caption");
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->hide();
    setStyled(*m_problem, "role", "problem");
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(m_button, 0, 0);
    grid->addWidget(m_slider, 0, 1);
    grid->addWidget(m_time, 0, 2);
    grid->addWidget(m_file, 1, 1, 1, 2);
    grid->addWidget(m_problem, 2, 0, 1, 3);
    grid->setColumnStretch(1, 1);
}

void PlaybackBar::refresh(const SourceSnapshot *source)
{
    const bool plays = source && source->playback;
    const SourceId now = plays ? source->id : SourceId{};
    if (now != m_shown) {
        m_shown = now;
        m_waiting = 0;
        m_problem->hide();
        m_slider->setSliderDown(false);
    }
    setVisible(plays);
    if (plays && m_waiting == 0)
        showPlayback(*source->playback);
}

void PlaybackBar::showPlayback(const Playback &playback)
{
    m_playback = playback;
    const QString act = playback.paused ? tr("Play") : tr("Pause");
    if (m_button->accessibleName() != act) {
        m_button->setAccessibleName(act);
        m_button->setIcon(lineIcon(playback.paused ? "play" : "pause"));
    }
    m_button->setToolTip(playback.paused ? tr("Go on (Space)")
                                         : tr("Hold the picture; viewers stay (Space)"));
    m_file->setText(QFileInfo(text(playback.file)).fileName());
    const bool canSeek = playback.duration.count() > 0;
    m_slider->setEnabled(canSeek);
    m_slider->setToolTip(canSeek ? tr("Drag to another place in the file")
                                 : tr("This file does not say how long it is"));
    if (m_slider->isSliderDown())
        return;
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, int(playback.duration.count()));
    m_slider->setValue(int(playback.position.count()));
    showTime(playback.position);
}

void PlaybackBar::showTime(milliseconds position)
{
    const bool known = m_playback.duration.count() > 0;
    m_time->setText(timeText(position) + " / "
                    + (known ? timeText(m_playback.duration) : missing()));
    m_slider->setAccessibleDescription(m_time->text());
}

void PlaybackBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        toggle();
    else
        QWidget::keyPressEvent(event);
}

void PlaybackBar::toggle()
{
    Playback wanted = m_playback;
    wanted.paused = !wanted.paused;
    showPlayback(wanted);
    send({wanted.paused, {}});
}

void PlaybackBar::seek(int position)
{
    showTime(milliseconds(position));
    send({{}, milliseconds(position)});
}

void PlaybackBar::send(const PlaybackCommand &command)
{
    ++m_waiting;
    m_bridge.control(m_shown, command, this, [this, id = m_shown](Result<> result) {
        if (id != m_shown)
            return;
        m_waiting = std::max(0, m_waiting - 1);
        m_problem->setText(result ? QString() : sentenceOf(result.error()));
        m_problem->setVisible(!result);
    });
}

} // namespace heliograph::ui
