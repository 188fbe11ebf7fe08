// Many datagrams in one system call: sendmmsg, and UDP generic segmentation offload where the
// kernel has it. The only place that knows these calls; one file a system implements it.
// Thread: the loop.
#pragma once

#include "net/udp_pair.h"

namespace heliograph::net {

enum class Cutting {
    Kernel, // a run is one message that the kernel cuts (GSO)
    Ours, // a message a datagram
};

bool supportsGso(int socket);

// Never blocks, never allocates.
Sent sendRuns(int socket, ByteSpan block, std::span<const DatagramRun> runs, const UdpTarget &to,
              Cutting cutting);

} // namespace heliograph::net
