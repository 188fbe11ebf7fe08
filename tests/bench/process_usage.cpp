#include "process_usage.h"

#include <ctime>
#include <fstream>
#include <string>
#include <unistd.h>

namespace heliograph::bench {

ProcessUsage usageOf(pid_t process)
{
    ProcessUsage usage;
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(process, &clock) == 0 && ::clock_gettime(clock, &time) == 0)
        usage.cpuSeconds = double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
    std::ifstream pages("/proc/" + std::to_string(process) + "/statm");
    double total = 0;
    pages >> total >> usage.residentKiB;
    usage.residentKiB *= double(::sysconf(_SC_PAGESIZE)) / 1024;
    return usage;
}

} // namespace heliograph::bench
