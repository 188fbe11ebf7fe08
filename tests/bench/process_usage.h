// What a process has used so far.
// Thread: any (pure).
#pragma once

#include <sys/types.h>

namespace heliograph::bench {

struct ProcessUsage {
    double cpuSeconds = 0; // user and kernel, all threads, to the nanosecond
    double residentKiB = 0;
};

ProcessUsage usageOf(pid_t process);

} // namespace heliograph::bench
