// A source that passes on what an RTMP publisher sends. When that is lost it may come
// back for a while, and goes on where it was.
#pragma once

#include "core/clock.h"
#include "sources/rtmp/item_supply.h"
#include "sources/rtmp/track_search.h"
#include "sources/source.h"

namespace heliograph {

struct ItemTerms {
    Timestamp grace = std::chrono::seconds(10); // for the way back
    Timestamp silence = std::chrono::seconds(10); // who sends nothing for this long is gone
    TrackSearch::Patience patience;
};

// open() waits as long as it takes until the tracks are known. read() fails with NoPublisher when
// the grace is over, with ConnectionLost when a publisher came back with other tracks, and as the
// supply does.
std::unique_ptr<Source> itemSource(std::unique_ptr<ItemSupply> supply, ItemTerms terms,
                                   const Clock &clock);

} // namespace heliograph
