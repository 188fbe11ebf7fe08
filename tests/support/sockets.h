// Blocking TCP sockets for clients in tests.
// Thread: any (free functions).
#pragma once

#include "core/bytes.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace heliograph::test {

// host: "127.0.0.1", "::1"; from: this computer's address to come from, or empty.
// Throws when nobody listens.
int connectTcp(const std::string &host, std::uint16_t port, const std::string &from = {});
// A port for a server that closes and opens it again when its audience changes: one that the system
// gives to nobody meanwhile, and that no other test's process looks for.
std::uint16_t quietPort();
bool isReadable(int fd, std::chrono::milliseconds patience);
bool sendAll(int fd, ByteSpan bytes); // false: the connection is over

} // namespace heliograph::test
