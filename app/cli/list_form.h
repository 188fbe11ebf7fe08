// How --list-devices and --list-encoders print: for people, or for programs.
// Thread: any (values).
#pragma once

namespace heliograph::cli {

enum class ListForm { Text, Json };

} // namespace heliograph::cli
