#include "sources/source_selection.h"

#include <algorithm>

namespace heliograph::ui {

SourceSelection::SourceSelection(StudioBridge &bridge, QObject *parent)
    : QObject(parent)
{
    connect(&bridge, &StudioBridge::changed, this,
            [this](const SnapshotPtr &snapshot) { follow(*snapshot); });
    follow(bridge.snapshot());
}

void SourceSelection::select(SourceId id)
{
    if (id == m_current)
        return;
    m_current = id;
    m_seen = false;
    emit changed();
}

// A source that is gone leaves the selection to the first one that is there.
void SourceSelection::follow(const Snapshot &snapshot)
{
    const bool here =
        std::any_of(snapshot.sources.begin(), snapshot.sources.end(),
                    [this](const SourceSnapshot &each) { return each.id == m_current; });
    const bool waiting = m_current != SourceId{} && !m_seen;
    m_seen = m_seen || here;
    if (!here && !waiting)
        select(snapshot.sources.empty() ? SourceId{} : snapshot.sources.front().id);
}

} // namespace heliograph::ui
