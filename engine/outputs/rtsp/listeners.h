// Where the server listens: one port on the addresses that the audience needs, IPv4 and IPv6, and
// another one for TLS where it is wanted. What cannot be had is tried again.
// Thread: the loop. Owner: the server.
#pragma once

#include "engine/snapshot.h"
#include "net/tcp_listener.h"
#include "stream/output.h"

#include <functional>
#include <memory>
#include <vector>

namespace heliograph::rtsp {

class Listeners {
public:
    using Accepted = net::TcpListener::Accepted;

    Listeners(const EngineContext &context, Accepted accepted)
        : m_context(context)
        , m_accepted(std::move(accepted))
    {
    }

    // Replaces what listened before; the first address decides, the others come along where this
    // computer has them. Port 0 lets the system choose. Does nothing when it listens there.
    // Errors: PortInUse, AddressUnavailable, PermissionDenied.
    Result<> listen(std::vector<net::Address> addresses, std::uint16_t port);
    // To be called now and then: tries again after a failure, at most every five seconds.
    // True when it worked just now.
    bool tryAgain();
    void close() { m_listeners.clear(); }

    bool isOpen() const { return !m_listeners.empty(); }
    std::uint16_t port() const { return m_listeners.front()->local().port; }
    net::Endpoint first() const { return m_listeners.front()->local(); }
    std::vector<net::Address> addresses() const;
    const Health &health() const { return m_health; }

private:
    Result<> open();
    void noteHealth(const Result<> &opened);

    const EngineContext &m_context;
    Accepted m_accepted;
    std::vector<net::Address> m_wanted;
    std::uint16_t m_wantedPort = 0;
    std::vector<std::unique_ptr<net::TcpListener>> m_listeners;
    Health m_health;
    Timestamp m_nextTry{0}; // while nothing listens
};

} // namespace heliograph::rtsp
