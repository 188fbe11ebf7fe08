// Which program holds a port or a device that we cannot have.
// Thread: any; reads /proc, milliseconds.
#pragma once

#include <string>

namespace heliograph {

// link: what its descriptors point to, "socket:[12345]" or "/dev/video0".
// "vlc (process 4711)"; "another user's program" when the system does not tell which.
std::string holderOf(const std::string &link);

} // namespace heliograph
