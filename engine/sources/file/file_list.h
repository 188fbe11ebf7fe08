// The files that the setting "path" names, one on each line. A playlist among them (.m3u, .m3u8)
// stands for the files that it lists; one that it lists in turn is not followed.
// Thread: the source's (reads the disk).
#pragma once

#include "engine/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace heliograph {

// Never empty. Errors: InvalidArgument (no file is named); of a playlist: FileUnreadable,
// FileUnplayable.
Result<std::vector<std::string>> listFiles(std::string_view setting);

} // namespace heliograph
