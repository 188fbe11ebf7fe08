// A snapshot as one line of JSON, for --stats.
// Thread: main.
#pragma once

#include <engine/snapshot.h>

#include <string>

namespace heliograph::cli {

// Field names are those of engine/snapshot.h; times are seconds since 1970; what is not known is
// null.
std::string toJson(const Snapshot &snapshot);

} // namespace heliograph::cli
