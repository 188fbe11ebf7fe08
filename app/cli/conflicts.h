// What can be said, and can never work: told before anything starts.
// Thread: main (a pure function).
#pragma once

#include "cli/words.h"

namespace heliograph::cli {

// The project has everything in it that the words say.
// Errors: InvalidArgument, whose detail is a sentence.
Result<> checkConflicts(const Project &project, const Words &words);

} // namespace heliograph::cli
