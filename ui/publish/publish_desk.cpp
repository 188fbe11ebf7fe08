#include "publish/publish_desk.h"

#include "text/words.h"

namespace heliograph::ui {

namespace {

// An answer may overtake the snapshot that shows it, by one of them.
constexpr std::uint64_t patience = 2;

PublishConfig firstChoice(PublishConfig proposal)
{
    proposal.audience = Audience::MyNetworkWithPassword;
    proposal.users = {makeViewer()};
    return proposal;
}

} // namespace

PublishDesk::PublishDesk(StudioBridge &bridge, QObject *parent)
    : QObject(parent)
    , m_bridge(bridge)
{
    connect(&bridge, &StudioBridge::changed, this,
            [this](const SnapshotPtr &snapshot) { settle(*snapshot); });
}

PublishConfig PublishDesk::configOf(const SourceSnapshot &source) const
{
    const auto entry = m_entries.find(source.id);
    if (entry == m_entries.end() || !entry->second.choice
        || (source.published && entry->second.pending != PublishPending::Amending))
        return source.publish;
    return *entry->second.choice;
}

PublishPending PublishDesk::pendingOf(SourceId id) const
{
    const auto entry = m_entries.find(id);
    return entry == m_entries.end() ? PublishPending::None : entry->second.pending;
}

QString PublishDesk::problemOf(SourceId id) const
{
    const auto entry = m_entries.find(id);
    return entry == m_entries.end() ? QString() : entry->second.problem;
}

void PublishDesk::choose(SourceId id, PublishConfig config)
{
    Entry &entry = m_entries[id];
    entry.choice = std::move(config);
    entry.problem.clear();
    emit changed();
}

void PublishDesk::publish(SourceId id, PublishConfig config)
{
    order(id, std::move(config), PublishPending::Publishing);
}

void PublishDesk::amend(SourceId id, PublishConfig config)
{
    order(id, std::move(config), PublishPending::Amending);
}

void PublishDesk::order(SourceId id, PublishConfig config, PublishPending pending)
{
    m_entries[id].choice = config;
    begin(id, pending);
    m_bridge.publish(id, std::move(config), this, answerFor(id));
}

void PublishDesk::unpublish(SourceId id)
{
    begin(id, PublishPending::Stopping);
    m_bridge.unpublish(id, this, answerFor(id));
}

// How the one is published goes over to the other, and back what was proposed.
void PublishDesk::takePlace(SourceId id, SourceId live)
{
    begin(id, PublishPending::Publishing);
    m_bridge.swapSource(live, id, this,
                        [this, id, live, answer = answerFor(id)](const Result<> &result) {
                            if (result)
                                std::swap(m_entries[live].choice, m_entries[id].choice);
                            answer(result);
                        });
}

void PublishDesk::explain(SourceId id, const QString &problem)
{
    m_entries[id].problem = problem;
    emit changed();
}

void PublishDesk::setSecretFile(const QString &file)
{
    m_secretFile = file;
    emit changed();
}

void PublishDesk::begin(SourceId id, PublishPending pending)
{
    Entry &entry = m_entries[id];
    entry.pending = pending;
    entry.answeredAt.reset();
    entry.problem.clear();
    emit changed();
}

Reply<> PublishDesk::answerFor(SourceId id)
{
    return [this, id](Result<> result) {
        Entry &entry = m_entries[id];
        entry.answeredAt = m_bridge.snapshot().sequence;
        if (!result) {
            entry.pending = PublishPending::None;
            entry.problem = sentenceOf(result.error());
        }
        emit changed();
    };
}

void PublishDesk::settle(const Snapshot &snapshot)
{
    for (const SourceSnapshot &source : snapshot.sources) {
        Entry &entry = m_entries[source.id];
        if (!entry.choice)
            entry.choice = source.published ? source.publish : firstChoice(source.publish);
        if (isSettled(entry, source, snapshot.sequence))
            entry.pending = PublishPending::None;
    }
}

bool PublishDesk::isSettled(const Entry &entry, const SourceSnapshot &source,
                            std::uint64_t now) const
{
    if (!entry.answeredAt)
        return false;
    if (now >= *entry.answeredAt + patience)
        return true;
    if (entry.pending == PublishPending::Amending)
        return source.publish == entry.choice;
    return source.published == (entry.pending == PublishPending::Publishing);
}

} // namespace heliograph::ui
