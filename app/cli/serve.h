// The command line at work: sets the project up, tells what can be played, prints statistics,
// and ends on a signal or after its time.
// Thread: main.
#pragma once

#include "cli/options.h"

namespace heliograph::cli {

// Returns the exit code: 0, 1 for what cannot be served, 2 when the port is taken.
int serve(const Options &options);
int listDevices(ListForm form);
int listEncoders(ListForm form);

} // namespace heliograph::cli
