// Who listens on a TCP port.
// Thread: any; reads /proc, milliseconds.
#pragma once

#include <cstdint>
#include <string>

namespace heliograph::net {

// "vlc (process 4711)"; "another user's program" when the system does not tell which; "another
// program" when nobody is found any more.
std::string portHolder(std::uint16_t port);

} // namespace heliograph::net
