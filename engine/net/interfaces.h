// The addresses under which other machines can reach this one.
// Thread: any.
#pragma once

#include "net/endpoint.h"

#include <vector>

namespace heliograph::net {

// Of interfaces that are up, IPv4 before IPv6; no loopback and no link-local addresses.
std::vector<Address> reachableAddresses();

} // namespace heliograph::net
