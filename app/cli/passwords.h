// The passwords of a project's users and the secret settings of its sources, from where they are
// kept.
// Thread: any one, before the options are used; may wait a few seconds for the desktop's keyring.
#pragma once

#include "cli/options.h"

namespace heliograph::cli {

// Fills in what the published streams need. An Exit for a user whose password is not known.
std::optional<Exit> findPasswords(Options &options);

} // namespace heliograph::cli
