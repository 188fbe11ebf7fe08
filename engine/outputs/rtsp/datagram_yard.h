// Where all datagrams of a server leave: together where they can, one after the other where they
// must not leave all at once.
// Thread: the loop. Owner: the server.
#pragma once

#include "net/udp_row.h"
#include "outputs/rtsp/pacer.h"

namespace heliograph::rtsp {

struct DatagramYard {
    explicit DatagramYard(net::Loop &loop)
        : pacer(loop)
    {
    }

    net::UdpRow row;
    Pacer pacer;
};

} // namespace heliograph::rtsp
