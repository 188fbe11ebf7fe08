// A server that viewers come to. One folder in engine/outputs each.
// Thread: the loop. Owner: the studio's engine.
#pragma once

#include "access/doorkeeper.h"
#include "core/clock.h"
#include "core/log.h"
#include "core/random.h"
#include "engine/hooks.h"
#include "engine/project.h"
#include "engine/studio.h"
#include "stream/ingest.h"
#include "stream/notice_board.h"
#include "stream/stream.h"
#include "stream/viewer.h"

#include <functional>
#include <memory>
#include <span>

namespace heliograph {

namespace net {
class Loop;
}

// What every part of the engine may use; handed in, so that tests can hand in others.
struct EngineContext {
    net::Loop &loop;
    const Clock &clock;
    Random &random;
    Log &log;
    NoticeBoard &notices;
    ViewerIds &viewerIds;
    Doorkeeper &doorkeeper;
    IngestDesk &desk;
    const Hooks &hooks;
    int loops = 1; // on which viewers are served, this one included
    int loopNumber = 0; // which of them this is; 0 is the main one
};

class Output {
public:
    virtual ~Output() = default;

    // Completed settings. Listens, or moves to another port; connected viewers stay.
    // Errors: PortInUse, AddressUnavailable, PermissionDenied.
    virtual Result<> configure(const Settings &settings) = 0;

    // config: where and for whom; its mount is the stream's.
    virtual void addMount(Stream &stream, const PublishConfig &config) = 0;
    // Its viewers are closed with the reason.
    virtual void removeMount(const Stream &stream, CloseReason reason) = 0;

    virtual OutputSnapshot describe() const = 0;
    // What to type into a player for a mount; empty while not listening.
    virtual std::vector<std::string> urls(const std::string &mount) const = 0;

    virtual void visitViewers(const std::function<void(Viewer &)> &visit) = 0;

    // Refuses newcomers and tells every viewer goodbye.
    virtual void stop() = 0;
    // Nothing waits to be sent any more, after stop().
    virtual bool isDrained() const = 0;
};

// The one thing an output folder exports.
struct OutputType {
    OutputTypeInfo info;
    std::function<std::unique_ptr<Output>(const EngineContext &)> create;
};

} // namespace heliograph
