// The one address of the benchmarks.
// Thread: any (pure).
#pragma once

#include <arpa/inet.h>
#include <cstdint>
#include <netinet/in.h>

namespace heliograph::bench {

inline sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(std::uint16_t(port));
    return address;
}

} // namespace heliograph::bench
