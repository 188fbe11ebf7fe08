// The addresses of the benchmarks.
// Thread: any (pure).
#pragma once

#include <arpa/inet.h>
#include <cstdint>
#include <netinet/in.h>

namespace heliograph::bench {

// host: 0 is 127.0.0.1; others are other machines to the server.
inline sockaddr_in loopback(int port, unsigned host = 0)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + host);
    address.sin_port = htons(std::uint16_t(port));
    return address;
}

} // namespace heliograph::bench
