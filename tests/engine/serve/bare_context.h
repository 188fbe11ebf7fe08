// What a server is handed, on a clock that the test moves.
#pragma once

#include "net/loop.h"
#include "stream/output.h"
#include "support/counting_random.h"
#include "support/manual_clock.h"

namespace heliograph::test {

struct BareContext {
    ManualClock clock;
    CountingRandom random;
    net::Loop loop;
    Log log{LogLevel::Quiet};
    NoticeBoard notices{clock};
    ViewerIds viewerIds;
    Doorkeeper doorkeeper{clock};
    IngestDesk desk;
    Hooks hooks;
    EngineContext context{loop, clock, random, log, notices, viewerIds, doorkeeper, desk, hooks};
};

} // namespace heliograph::test
