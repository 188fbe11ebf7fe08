// A listening TCP socket.
// Thread: the loop. Owner: the output that serves there; destroying it stops listening.
#pragma once

#include "engine/error.h"
#include "net/endpoint.h"

#include <functional>
#include <memory>

namespace heliograph::net {

class Loop;
class TcpConnection;

class TcpListener {
public:
    using Accepted = std::function<void(std::unique_ptr<TcpConnection>)>;

    // Port 0 lets the system choose. An IPv6 address takes IPv6 only, so that both families can
    // have the same port. The address can be used again at once after a stop.
    // Errors: PortInUse (detail: the program that holds it, where the system tells),
    // AddressUnavailable, PermissionDenied.
    static Result<std::unique_ptr<TcpListener>> listen(Loop &loop, const Endpoint &endpoint,
                                                       Accepted accepted);
    ~TcpListener();

    Endpoint local() const { return m_local; }

private:
    struct Impl;
    TcpListener(std::shared_ptr<Impl> impl, Endpoint local);

    std::shared_ptr<Impl> m_impl;
    Endpoint m_local;
};

} // namespace heliograph::net
