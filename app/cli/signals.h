// SIGINT and SIGTERM ask the program to end. They are waited for, never caught.
#pragma once

#include <chrono>

namespace heliograph::cli {

// In this thread and those that follow: to be called before any is made. SIGPIPE is ignored.
void blockSignals();

// Thread: main. True as soon as a signal has asked us to end.
bool napUntilSignal(std::chrono::nanoseconds nap); // less than a second

} // namespace heliograph::cli
