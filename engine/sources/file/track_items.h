// What the samples of one track become when they are due: access units where they are passed on,
// raw pictures or sound where they are decoded. Outlives the rounds of a file and its list.
// Thread: the source's. Owner: the file source.
#pragma once

#include "engine/error.h"
#include "media/frames.h"
#include "sources/file/sample.h"

#include <memory>
#include <vector>

namespace heliograph {

struct FileTrack;

struct DueTimes {
    Timestamp pts{0}; // on the steady clock
    Timestamp dts{0};
    WallTime captured{0}; // pts on the wall clock
};

class TrackItems {
public:
    virtual ~TrackItems() = default;
    // Errors: Unsupported, FileUnplayable.
    virtual Result<> beginRound(const FileTrack &track) = 0;
    // Errors: Malformed.
    virtual Result<std::vector<SourceItem>> take(const Sample &sample, const DueTimes &times) = 0;
    virtual std::vector<SourceItem> endRound() { return {}; } // what was held back
    // What there is where nothing comes, up to now on the steady clock: silence where it is
    // decoded.
    virtual std::vector<SourceItem> idleUntil(Timestamp) { return {}; }
    virtual bool isDecoded() const { return false; }
};

std::unique_ptr<TrackItems> makeTrackItems(const FileTrack &track);

} // namespace heliograph
