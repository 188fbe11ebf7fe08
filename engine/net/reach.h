// Why a host does not answer: one more try to connect, whose failure has a name. For threads that
// may block.
// Thread: any (free function).
#pragma once

#include "engine/error.h"

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>

namespace heliograph::net {

// Fine: somebody listens there. Errors: HostUnknown, HostUnreachable, ConnectionRefused, Timeout,
// Cancelled, ConnectionLost (of another kind).
Result<> reach(const std::string &host, std::uint16_t port, std::chrono::milliseconds patience,
               const std::stop_token &stop);

} // namespace heliograph::net
