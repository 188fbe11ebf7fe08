#include "bridge/studio_bridge.h"

#include <algorithm>
#include <chrono>

namespace heliograph::ui {

using namespace std::chrono_literals;

StudioBridge::StudioBridge(Studio &studio, QObject *parent)
    : QObject(parent)
    , m_studio(studio)
    , m_snapshot(studio.snapshot())
{
    connect(&m_timer, &QTimer::timeout, this, &StudioBridge::poll);
    m_timer.start(250ms);
}

const SourceSnapshot *StudioBridge::source(SourceId id) const
{
    const auto &sources = m_snapshot->sources;
    const auto found = std::find_if(sources.begin(), sources.end(),
                                    [id](const SourceSnapshot &each) { return each.id == id; });
    return found == sources.end() ? nullptr : &*found;
}

const std::vector<SourceTypeInfo> &StudioBridge::sourceTypes() const
{
    return Studio::sourceTypes();
}

const std::vector<OutputTypeInfo> &StudioBridge::outputTypes() const
{
    return Studio::outputTypes();
}

const SourceTypeInfo *StudioBridge::sourceType(const std::string &id) const
{
    const auto &types = sourceTypes();
    const auto found = std::find_if(types.begin(), types.end(),
                                    [&id](const SourceTypeInfo &each) { return each.id == id; });
    return found == types.end() ? nullptr : &*found;
}

void StudioBridge::poll()
{
    SnapshotPtr newest = m_studio.snapshot();
    if (newest->sequence == m_snapshot->sequence)
        return;
    m_snapshot = std::move(newest);
    emit changed(m_snapshot);
}

void StudioBridge::addSource(SourceConfig config, QObject *receiver, Reply<SourceId> reply)
{
    m_studio.addSource(std::move(config), whileAlive(receiver, std::move(reply)));
}

void StudioBridge::changeSource(SourceId id, SourceConfig config, QObject *receiver, Reply<> reply)
{
    m_studio.changeSource(id, std::move(config), whileAlive(receiver, std::move(reply)));
}

void StudioBridge::control(SourceId id, PlaybackCommand command, QObject *receiver, Reply<> reply)
{
    m_studio.control(id, command, whileAlive(receiver, std::move(reply)));
}

void StudioBridge::removeSource(SourceId id, QObject *receiver, Reply<> reply)
{
    m_studio.removeSource(id, whileAlive(receiver, std::move(reply)));
}

void StudioBridge::publish(SourceId id, PublishConfig config, QObject *receiver, Reply<> reply)
{
    m_studio.publish(id, std::move(config), whileAlive(receiver, std::move(reply)));
}

void StudioBridge::unpublish(SourceId id, QObject *receiver, Reply<> reply)
{
    m_studio.unpublish(id, whileAlive(receiver, std::move(reply)));
}

void StudioBridge::swapSource(SourceId live, SourceId other, QObject *receiver, Reply<> reply)
{
    m_studio.swapSource(live, other, whileAlive(receiver, std::move(reply)));
}

void StudioBridge::configureOutput(OutputConfig config, QObject *receiver, Reply<> reply)
{
    m_studio.configureOutput(std::move(config), whileAlive(receiver, std::move(reply)));
}

void StudioBridge::kickViewer(ViewerId id, QObject *receiver, Reply<> reply)
{
    m_studio.kickViewer(id, whileAlive(receiver, std::move(reply)));
}

void StudioBridge::setBanned(std::string address, bool banned, QObject *receiver, Reply<> reply)
{
    m_studio.setBanned(std::move(address), banned, whileAlive(receiver, std::move(reply)));
}

std::shared_ptr<PreviewTap> StudioBridge::preview(SourceId id)
{
    return m_studio.preview(id);
}

std::shared_ptr<SoundTap> StudioBridge::listen(SourceId id)
{
    return m_studio.listen(id);
}

} // namespace heliograph::ui
