// The front door of the engine. The Qt studio, the command line, the tests and the load generator
// all come in here, and see nothing else.
//
// Thread: every member may be called from any one thread at a time; none blocks, except create(),
// stop(), stopWithin() and the destructor. Replies run on Options::replyExecutor.
// Owner: the program's composition root (app/).
#pragma once

#include "engine/encoder.h"
#include "engine/error.h"
#include "engine/feed.h"
#include "engine/hooks.h"
#include "engine/listening.h"
#include "engine/preview.h"
#include "engine/project.h"
#include "engine/project_check.h"
#include "engine/settings.h"
#include "engine/snapshot.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace heliograph {

template <class T = void>
using Reply = std::function<void(Result<T>)>;

enum class LogLevel : int { Quiet, Normal, Verbose }; // Normal: warnings and errors

struct StudioOptions {
    // Runs replies where the front end wants them, e.g. on the Qt main thread.
    // Empty: on the engine loop.
    std::function<void(std::function<void()>)> replyExecutor;
    LogLevel log = LogLevel::Normal; // to standard error
    // On how many threads RTSP viewers are served, each with its own fan-out; all viewers of an
    // address are on the same one, and those over TLS or RTMP on the first. One is best on small
    // machines.
    int loops = 1;
    bool discoverDevices = true; // off: Snapshot::devices stays empty
    Hooks hooks;
};

class Studio {
public:
    // Starts the engine loop and device discovery.
    static Result<std::unique_ptr<Studio>> create(StudioOptions options);
    virtual ~Studio() = default;

    Studio(const Studio &) = delete;
    Studio &operator=(const Studio &) = delete;

    // What can be added; fixed for the life of the program.
    static const std::vector<SourceTypeInfo> &sourceTypes();
    static const std::vector<OutputTypeInfo> &outputTypes();
    // Whether setBanned() takes it. Errors: InvalidArgument.
    static Result<> checkBan(const std::string &address);
    // What loadProject() checks a file against.
    static ProjectRules projectRules() { return {sourceTypes(), outputTypes(), checkBan}; }
    // The H.264 encoders that there may be, software first. The first call has each encode a
    // picture, and may take a second or two; from any thread.
    static std::vector<EncoderInfo> encoders();

    // Starts capturing at once (for the preview); nothing is served before publish().
    // The reply comes before the source delivers: its health is in the snapshot.
    // Errors: InvalidArgument (unknown type, bad setting).
    virtual void addSource(SourceConfig config, Reply<SourceId> reply) = 0;
    // Live fields change in place; any other change restarts the source, and its viewers stay.
    // The type cannot change. Errors: NotFound, InvalidArgument.
    virtual void changeSource(SourceId id, SourceConfig config, Reply<> reply) = 0;
    // Pauses, goes on, or seeks; viewers stay. Pictures that pass go on at the keyframe before the
    // wanted position. A source that has come to its end begins anew. Errors: NotFound, NotReady
    // (it plays nothing, or nothing that has a beginning).
    virtual void control(SourceId id, PlaybackCommand command, Reply<> reply) = 0;
    // Its viewers are told and leave. Errors: NotFound.
    virtual void removeSource(SourceId id, Reply<> reply) = 0;

    // Serves the source under the mount. The URLs are in the snapshot's stream. Of one that is
    // published, what viewers see of a loss and whether it rests change in place; with any other
    // change its viewers are told the end of the old stream.
    // Errors: NotFound, InvalidArgument (mount name, users), AlreadyExists (another source has the
    // mount).
    virtual void publish(SourceId id, PublishConfig config, Reply<> reply) = 0;
    // Its viewers are told and leave; the preview goes on. Errors: NotFound.
    virtual void unpublish(SourceId id, Reply<> reply) = 0;

    // What is published of one source goes on with another's pictures, under the same mount and
    // with the same viewers, from the other's next keyframe on. The one that was live goes on
    // unpublished. Errors: NotFound (the first is not published), AlreadyExists (the other is,
    // itself), NotReady (the other delivers nothing).
    virtual void swapSource(SourceId live, SourceId other, Reply<> reply) = 0;

    // Starts a server, or moves it to another port; viewers connected already stay.
    // Errors: InvalidArgument, PortInUse (detail names the holder), AddressUnavailable,
    // PermissionDenied.
    virtual void configureOutput(OutputConfig config, Reply<> reply) = 0;

    // Stops their stream, says goodbye (RTCP BYE) and closes the connection. Errors: NotFound.
    virtual void kickViewer(ViewerId id, Reply<> reply) = 0;

    // Nobody from this address is let in, and whoever watches from it must leave. An IPv6 address
    // stands for its network ("2001:db8:1:2::/64"). Errors: InvalidArgument.
    virtual void setBanned(std::string address, bool banned, Reply<> reply) = 0;

    // A source that the caller feeds. Errors: InvalidArgument.
    virtual void openFeed(std::string name, Reply<std::shared_ptr<Feed>> reply) = 0;

    // Never null. Made four times a second.
    virtual std::shared_ptr<const Snapshot> snapshot() const = 0;

    // The preview of a source; never null. It stays silent when the source is unknown or gone.
    virtual std::shared_ptr<PreviewTap> preview(SourceId id) = 0;

    // The sound of a source, likewise.
    virtual std::shared_ptr<SoundTap> listen(SourceId id) = 0;

    // Tells every viewer goodbye, stops all threads and joins them. The destructor calls it.
    // Replies that are still waiting get Cancelled.
    virtual void stop() = 0;

    // The same, for a program that is about to end. False: viewers have been told, but a source's
    // library did not come back in time (a launch line that sleeps, a driver that hangs). Then the
    // studio must not be destroyed: end the process with std::_Exit().
    virtual bool stopWithin(std::chrono::milliseconds patience) = 0;

protected:
    Studio() = default;
};

} // namespace heliograph
