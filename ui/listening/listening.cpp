#include "listening/listening.h"

#include "listening/sound_player.h"
#include "sources/source_selection.h"
#include "style/icons.h"

#include <QAction>
#include <QThread>

namespace heliograph::ui {

namespace {

constexpr unsigned long patience = 1000; // milliseconds, for a sound server that hangs

QString whyNot(const SourceSnapshot *source)
{
    if (!source)
        return Listening::tr("Pick a source first.");
    if (source->hasSound)
        return {};
    return source->health.state == HealthState::Ok
        ? Listening::tr("This source has no sound.")
        : Listening::tr("No sound has come from this source yet.");
}

} // namespace

Listening::Listening(StudioBridge &bridge, SourceSelection &selection, OpenOutput open)
    : m_bridge(bridge)
    , m_selection(selection)
    , m_open(std::move(open))
    , m_action(new QAction(lineIcon("headphones"), tr("&Listen"), this))
{
    m_action->setCheckable(true);
    m_action->setShortcut(Qt::CTRL | Qt::Key_L);
    connect(m_action, &QAction::toggled, this, &Listening::refresh);
    connect(&bridge, &StudioBridge::changed, this, &Listening::refresh);
    connect(&selection, &SourceSelection::changed, this, &Listening::refresh);
    refresh();
}

// A sound server that hangs keeps its thread, and not the window.
Listening::~Listening()
{
    if (!m_thread)
        return;
    m_thread->quit();
    if (m_thread->wait(patience))
        delete m_thread;
}

void Listening::refresh()
{
    const SourceSnapshot *source = m_bridge.source(m_selection.current());
    showState(source);
    const bool hears = m_action->isChecked() && source && source->hasSound;
    listenTo(hears ? source->id : SourceId{});
}

// Who listens already can always stop, and takes it along to the next source that has sound.
void Listening::showState(const SourceSnapshot *source)
{
    const QString reason = whyNot(source);
    const bool isOn = m_action->isChecked();
    QString help = tr("Listen to this source as its viewers hear it (Ctrl+L). Use headphones: a "
                      "microphone hears loudspeakers, too.");
    if (isOn)
        help = tr("Stop listening (Ctrl+L). What you select is what you hear.");
    if (!reason.isEmpty())
        help = isOn ? reason + " " + tr("Listening goes on with the next one that has.") : reason;
    m_action->setEnabled(isOn || reason.isEmpty());
    m_action->setToolTip(help);
}

void Listening::listenTo(SourceId id)
{
    if (id == m_heard)
        return;
    m_heard = id;
    setProblem({});
    const auto tap = id == SourceId{} ? nullptr : m_bridge.listen(id);
    QMetaObject::invokeMethod(&player(), [player = &player(), tap] { player->listenTo(tap); });
}

SoundPlayer &Listening::player()
{
    if (m_player)
        return *m_player;
    m_thread = new QThread;
    m_thread->setObjectName("listening");
    m_player = new SoundPlayer(m_open);
    m_player->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_player, &QObject::deleteLater);
    connect(m_player, &SoundPlayer::told, this, [this](const QString &problem) {
        if (m_heard != SourceId{})
            setProblem(problem);
    });
    m_thread->start();
    return *m_player;
}

void Listening::setProblem(const QString &problem)
{
    if (problem == m_problem)
        return;
    m_problem = problem;
    emit changed();
}

} // namespace heliograph::ui
