#include "cli/signals.h"

#include <csignal>

namespace heliograph::cli {

namespace {

sigset_t endSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

void blockSignals()
{
    const sigset_t set = endSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

bool napUntilSignal(std::chrono::nanoseconds nap)
{
    const sigset_t set = endSignals();
    const timespec time{0, nap.count()};
    return sigtimedwait(&set, nullptr, &time) > 0;
}

} // namespace heliograph::cli
