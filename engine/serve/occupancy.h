// How many viewers there are on all loops together: limits hold for the server, not for a loop.
// Thread: any. Owner: shared by the main server and its branches.
#pragma once

#include <atomic>

namespace heliograph::serve {

struct Occupancy {
    std::atomic<int> viewers{0};
};

} // namespace heliograph::serve
