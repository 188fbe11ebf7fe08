// What a load has seen, as the JSON object that the load generator prints.
// Thread: any (pure).
#pragma once

#include "load.h"
#include "process_usage.h"

#include <nlohmann/json_fwd.hpp>

namespace heliograph::bench {

struct Measured {
    double seconds = 0;
    ProcessUsage idle; // the server before the first viewer
    ProcessUsage before; // the server when counting began
    ProcessUsage after;
    double generatorCpuSeconds = 0; // this process, while counting
};

nlohmann::ordered_json report(const Load &load, const Measured &measured);

} // namespace heliograph::bench
