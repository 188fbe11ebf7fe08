#include "inspector/inspector_panel.h"

#include "inspector/playback_bar.h"
#include "inspector/sound_row.h"
#include "inspector/source_settings.h"
#include "publish/publish_panel.h"
#include "sources/source_selection.h"
#include "style/theme.h"
#include "text/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace heliograph::ui {

InspectorPanel::InspectorPanel(StudioBridge &bridge, SourceSelection &selection,
                               Listening &listening, PublishPanel *publish, QWidget *parent)
    : QFrame(parent)
    , m_bridge(bridge)
    , m_selection(selection)
{
    setProperty("panel", true);
    setMinimumWidth(320);
    build(listening, publish);
    connect(&bridge, &StudioBridge::changed, this,
            [this](const SnapshotPtr &snapshot) { refresh(*snapshot); });
    connect(&selection, &SourceSelection::changed, this, [this] { refresh(m_bridge.snapshot()); });
    refresh(bridge.snapshot());
}

void InspectorPanel::build(Listening &listening, PublishPanel *publish)
{
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    setStyled(*m_problem, "role", "problem");
    m_sound = new SoundRow(listening);
    m_playback = new PlaybackBar(m_bridge);
    m_settingsTitle = new QLabel(tr("SETTINGS"));
    setStyled(*m_settingsTitle, "role", "section");
    m_settings = new SourceSettings(m_bridge);
    m_storyTitle = new QLabel(tr("HOW IT WENT"));
    setStyled(*m_storyTitle, "role", "section");
    m_story = new QLabel;
    m_story->setObjectName("story");
    m_story->setTextFormat(Qt::PlainText); // a camera's own words are in it
    m_story->setWordWrap(true);
    m_story->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setStyled(*m_story, "role", "hint");

    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(10);
    column->addWidget(makeHeader());
    column->addWidget(m_problem);
    column->addWidget(m_sound);
    column->addWidget(m_playback);
    column->addWidget(publish);
    column->addSpacing(6);
    column->addWidget(m_settingsTitle);
    column->addWidget(m_settings);
    column->addWidget(m_storyTitle);
    column->addWidget(m_story);
    column->addStretch(1);

    auto *scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
}

QWidget *InspectorPanel::makeHeader()
{
    m_name = new QLabel;
    m_name->setWordWrap(true);
    setStyled(*m_name, "role", "heading");
    m_type = new QLabel;
    setStyled(*m_type, "role", "caption");
    m_badge = new QLabel;
    m_badge->setProperty("badge", true);
    auto *header = new QWidget;
    auto *grid = new QGridLayout(header);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_name, 0, 0);
    grid->addWidget(m_badge, 0, 1, Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(m_type, 1, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    return header;
}

void InspectorPanel::refresh(const Snapshot &snapshot)
{
    const SourceSnapshot *source = m_bridge.source(m_selection.current());
    const SourceId now = source ? source->id : SourceId{};
    if (now != m_shown) {
        m_shown = now;
        m_settings->showSource(now);
    }
    m_settings->refresh(snapshot);
    const SourceTypeInfo *type = source ? m_bridge.sourceType(source->config.type) : nullptr;
    const Badge badge = source ? badgeOf(*source) : Badge{};
    const QString problem = source ? problemOf(source->health) : QString();
    m_name->setText(source ? text(source->config.name) : tr("Nothing selected"));
    m_type->setText(type ? text(type->title) : QString());
    m_type->setVisible(type);
    m_badge->setText(badge.text);
    m_badge->setVisible(source);
    setStyled(*m_badge, "tone", badge.tone);
    m_problem->setText(problem);
    m_problem->setToolTip(source && source->health.error ? explained(*source->health.error) : "");
    m_problem->setVisible(!problem.isEmpty());
    m_sound->refresh(source);
    m_playback->refresh(source);
    m_settingsTitle->setVisible(type);
    const QString story = source ? storyOf(*source) : QString();
    if (m_story->text() != story) // what a person has selected stays
        m_story->setText(story);
    m_story->setVisible(!story.isEmpty());
    m_storyTitle->setVisible(!story.isEmpty());
}

} // namespace heliograph::ui
