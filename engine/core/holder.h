// Which program holds a port or a device that we cannot have.
// Thread: any; reads /proc, milliseconds.
#pragma once

#include <string>
#include <vector>

namespace heliograph {

// links: what its descriptors point to, "socket:[12345]" or "/dev/video0"; one of them is enough.
// "vlc (process 4711)"; "another user's program" when the system does not tell which.
std::string holderOf(const std::vector<std::string> &links);

} // namespace heliograph
