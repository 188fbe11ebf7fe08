// "--source TYPE[:key=value,...]" as a source's configuration.
// Thread: main.
#pragma once

#include <engine/error.h>
#include <engine/project.h>

#include <string_view>

namespace heliograph::cli {

// A comma inside a value is written "\,", a backslash "\\".
// Errors: InvalidArgument, whose detail is a sentence: an unknown type or key, a bad value.
Result<SourceConfig> parseSourceSpec(std::string_view text);

} // namespace heliograph::cli
