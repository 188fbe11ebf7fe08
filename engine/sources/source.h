// What a source is: a blocking iterator over frames or access units, and the type that makes it.
// One folder in engine/sources each.
#pragma once

#include "core/published.h"
#include "engine/device.h"
#include "engine/settings.h"
#include "engine/snapshot.h"
#include "media/frames.h"
#include "stream/ingest.h"

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace heliograph {

// Thread: the runner's, all members. Owner: the runner. Owns no thread of its own.
class Source {
public:
    virtual ~Source() = default;
    // Returns the tracks that it will deliver.
    virtual Result<std::vector<TrackId>> open(const std::stop_token &stop) = 0;
    // The next item. Returns Cancelled within 300 ms after a stop was asked for, and Stalled
    // when the source has delivered nothing for five seconds. A mixed source may be read on after
    // a stop: nothing was lost.
    virtual Result<SourceItem> read(const std::stop_token &stop) = 0;
    // Who is pushed to may hand units over where they arise, on the pusher's thread, past read()
    // and the runner's thread: from now on until it is destroyed. False: the engine is behind.
    using Deliver = std::function<bool(const AccessUnitPtr &)>;
    virtual void deliverBy(const Deliver &) { }
    // Of its settings, what it found out when it opened, to be kept for the next time.
    virtual Settings learned() const { return {}; }
    // Whether anybody sees what comes. While nobody does, a source that has it all may wake up
    // more seldom and deliver some items together.
    virtual void setWatched(bool) { }
    // Of what has a beginning: read() obeys it, and the source tells in its memory where it stands.
    virtual void control(const PlaybackCommand &) { }
};

// Looks for devices on a thread of its own, and tells the whole list whenever it changes.
class Discovery {
public:
    virtual ~Discovery() = default; // joins
};
using DevicesFound = std::function<void(std::vector<DeviceInfo>)>; // on the discovery's thread

// What outlives a source that is opened anew and anew. Owner: the runner, with its sources.
struct SourceMemory {
    Published<Story> story{std::make_shared<const Story>()}; // written on the runner's thread
    Published<Playback> playback; // likewise; null: it is live, or has not begun
    std::map<std::string, std::string> facts; // the runner's thread only
};

// What of the engine a source may use.
struct SourceContext {
    IngestDesk &desk; // where publishers come
    std::shared_ptr<const IngestDoor::Mount> mount = nullptr; // of this source, for them
    std::shared_ptr<SourceMemory> memory = std::make_shared<SourceMemory>(); // of this source
};

// Whether its pictures are encoded here: always, never, or as they come, when access units pass
// and frames are encoded.
enum class SourceKind { Raw, Passthrough, Mixed };

// The one thing a source folder exports.
struct SourceType {
    std::string id; // "webcam"
    std::string title; // "Webcam"
    SourceKind kind = SourceKind::Raw;
    // Its own fields; where there may be an encoder, that one's come behind them.
    SettingsSchema schema;
    // Completed settings of schema and encoder. Errors: InvalidArgument.
    std::function<Result<std::unique_ptr<Source>>(const Settings &, const SourceContext &)> create;
    std::function<std::unique_ptr<Discovery>(DevicesFound)> discover; // empty: nothing to find
    std::optional<ErrorCode> awaits; // what open() waits for, however long: shown meanwhile
    bool hasPictures = true; // it may have some that are encoded here
    bool hasSound = false; // likewise
    bool hasSlate = true; // viewers see a still while it is lost; false: who pushes decides
    // Moves what is secret out of settings that are not. Empty: nothing can be there.
    std::function<void(Settings &)> tidy = nullptr;
};

} // namespace heliograph
