// M3U: a text with the path of one file on each line, comments behind "#". Nobody owns its
// specification; what VLC and others write is read, and what HTTP Live Streaming made of it
// (RFC 8216) is told apart: that lists parts of one stream.
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace heliograph::wire {

// The files as they are written there; of a file:// URL the path. Addresses are left as they are.
// Errors: Unsupported (HTTP Live Streaming), TooLarge.
Result<std::vector<std::string>> readM3u(std::string_view text);

} // namespace heliograph::wire
