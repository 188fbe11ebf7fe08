#include "inspector/sound_row.h"

#include "inspector/level_meter.h"
#include "listening/listening.h"
#include "style/icon_button.h"
#include "style/theme.h"

#include <QAction>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

namespace heliograph::ui {

SoundRow::SoundRow(Listening &listening, QWidget *parent)
    : QWidget(parent)
    , m_listening(listening)
    , m_level(new LevelMeter)
    , m_problem(new QLabel)
{
    auto *listen = iconButton("headphones", tr("Listen"), QString());
    listen->setDefaultAction(listening.action());
    m_problem->setWordWrap(true);
    setStyled(*m_problem, "role", "problem");
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(m_level, 0, 0);
    grid->addWidget(listen, 0, 1, Qt::AlignRight);
    grid->addWidget(m_problem, 1, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    connect(&listening, &Listening::changed, this, &SoundRow::showProblem);
    showProblem();
}

void SoundRow::refresh(const SourceSnapshot *source)
{
    // Who listens can stop, whatever is selected.
    setVisible(source && (source->hasSound || source->sound || m_listening.action()->isChecked()));
    m_level->showLevel(source ? source->sound : std::nullopt);
}

void SoundRow::showProblem()
{
    m_problem->setText(m_listening.problem());
    m_problem->setVisible(!m_listening.problem().isEmpty());
}

} // namespace heliograph::ui
