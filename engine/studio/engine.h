// Everything behind the front door, on the loop: sources, outputs, devices, notices, snapshots.
// Thread: the loop, but the constructor, publishedSnapshot() and the destructor. Owner: the studio.
#pragma once

#include "core/published.h"
#include "core/random.h"
#include "core/thread_owner.h"
#include "engine/studio.h"
#include "net/endpoint.h"
#include "net/loop.h"
#include "net/timer.h"
#include "sources/source.h"
#include "stream/output.h"
#include "studio/snapshot_builder.h"
#include "studio/source_host.h"

#include <functional>
#include <map>
#include <memory>

namespace heliograph {

// Of a network ("2001:db8:1:2::/64") its beginning. Errors: InvalidArgument.
Result<net::Address> parseBanned(const std::string &text);

class Engine {
public:
    Engine(net::Loop &loop, Log &log, int loops, Hooks hooks);
    ~Engine(); // after the loop has ended

    void startDiscovery();

    Result<SourceId> addSource(SourceConfig config);
    Result<SourceId> addSource(const SourceType &type, SourceConfig config);
    Result<> changeSource(SourceId id, SourceConfig config);
    Result<> control(SourceId id, const PlaybackCommand &command);
    Result<> removeSource(SourceId id);
    Result<> publish(SourceId id, PublishConfig config);
    Result<> unpublish(SourceId id);
    Result<> swapSource(SourceId live, SourceId other);
    Result<> configureOutput(const OutputConfig &config);
    Result<> kickViewer(ViewerId id);
    Result<> setBanned(const std::string &address, bool banned);
    std::shared_ptr<PreviewTap> preview(SourceId id); // null: unknown
    std::shared_ptr<SoundTap> listen(SourceId id); // likewise

    // Stop order: sources are asked to stop, viewers are told and their connections drain, the
    // runners end; then done() is called, the loop can be stopped, and nothing lives any more.
    void shutDown(std::function<void()> done);

    std::shared_ptr<const Snapshot> publishedSnapshot() const { return m_snapshot.get(); }

private:
    Runner::Events eventsFor(SourceId id);
    void onLoop(SourceId id, std::function<void(SourceHost &)> task);
    SourceHost *findHost(SourceId id);
    std::string proposeMount(const std::string &name) const;
    bool isMountTaken(const std::string &mount, const SourceHost *except) const;
    void noteHealth(SourceHost &host, const Health &health);
    void serve(SourceHost &host, PublishConfig config);
    void stopServing(SourceHost &host, CloseReason reason);
    void noteDevices(const std::string &sourceType, std::vector<DeviceInfo> devices);
    void noteDeviceChanges(const std::vector<DeviceInfo> &before,
                           const std::vector<DeviceInfo> &after);
    void takeSnapshot();
    void finishWhenDrained(Timestamp deadline, std::function<void()> done);

    ThreadOwner m_thread;
    net::Loop &m_loop;
    SystemClock m_clock;
    SystemRandom m_random;
    NoticeBoard m_notices{m_clock};
    ViewerIds m_viewerIds;
    Doorkeeper m_doorkeeper{m_clock};
    IngestDesk m_desk;
    const Hooks m_hooks;
    EngineContext m_context;
    SlateMaker m_slates;
    std::map<SourceId, std::unique_ptr<SourceHost>> m_hosts; // ids rise: in order of adding
    std::vector<std::pair<std::string, std::unique_ptr<Output>>> m_outputs; // as in the catalogue
    std::map<std::string, std::vector<DeviceInfo>> m_devices; // by source type
    std::uint64_t m_lastSource = 0;
    SnapshotBuilder m_builder;
    net::Timer m_snapshotTimer;
    net::Timer m_drainTimer;
    Published<Snapshot> m_snapshot{std::make_shared<const Snapshot>()};
    std::vector<std::unique_ptr<Discovery>> m_discoveries; // last: their threads post to us
};

} // namespace heliograph
