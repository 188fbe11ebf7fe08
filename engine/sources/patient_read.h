// The wait for what a pipeline gives next, as Source::read() has to wait.
// Thread: the source's.
#pragma once

#include "sources/source.h"

#include <chrono>
#include <functional>
#include <optional>

namespace heliograph {

inline constexpr std::chrono::milliseconds readPatience(200);

// attempt: an item, if one comes within readPatience. Errors: the attempt's; Cancelled; Stalled:
// nothing came for five seconds.
using ReadAttempt = std::function<Result<std::optional<SourceItem>>()>;
Result<SourceItem> readPatiently(const std::stop_token &stop, const ReadAttempt &attempt);

} // namespace heliograph
