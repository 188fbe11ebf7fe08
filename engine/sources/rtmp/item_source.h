// A source that waits on the desk, under its stream key, for a publisher (OBS, FFmpeg), and passes
// on what that sends. When the publisher is lost it may come back for a while, and goes on where it
// was.
#pragma once

#include "core/clock.h"
#include "engine/secret.h"
#include "sources/rtmp/track_search.h"
#include "sources/source.h"

namespace heliograph {

struct PublisherTerms {
    Secret key;
    IngestDoor::TakeOver takeOver = IngestDoor::TakeOver::NewestWins;
    Timestamp grace = std::chrono::seconds(10); // for the way back
    Timestamp silence = std::chrono::seconds(10); // who sends nothing for this long is gone
    TrackSearch::Patience patience;
};

// read() fails with NoPublisher when the grace is over, and with ConnectionLost when a publisher
// came back with other tracks.
std::unique_ptr<Source> publishedSource(PublisherTerms terms, IngestDesk &desk, const Clock &clock);

} // namespace heliograph
