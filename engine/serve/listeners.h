// Where a server listens for one protocol: a port on the addresses that the audience needs, IPv4
// and IPv6. What cannot be had is tried again.
// Thread: the loop. Owner: the server's doors.
#pragma once

#include "engine/snapshot.h"
#include "net/tcp_listener.h"
#include "serve/protocol.h"
#include "stream/output.h"

#include <functional>
#include <memory>
#include <vector>

namespace heliograph::serve {

class Listeners {
public:
    using Accepted = net::TcpListener::Accepted;

    Listeners(const EngineContext &context, const Protocol &protocol, Accepted accepted)
        : m_context(context)
        , m_protocol(protocol)
        , m_accepted(std::move(accepted))
    {
    }

    // Replaces what listened before; the first address decides, the others come along where this
    // computer has them. Port 0 lets the system choose. Does nothing when it listens there.
    // Errors: PortInUse, AddressUnavailable, PermissionDenied.
    Result<> listen(std::vector<net::Address> addresses, std::uint16_t port);
    static constexpr std::chrono::milliseconds pauseBetweenTries{5000};
    // To be called now and then: tries again after a failure, each time after that pause.
    // True when it worked just now.
    bool tryAgain();
    void close()
    {
        m_listeners.clear();
        m_wanted.clear();
    }

    const Protocol &protocol() const { return m_protocol; }
    bool isOpen() const { return !m_listeners.empty(); }
    std::uint16_t port() const { return m_listeners.front()->local().port; }
    net::Endpoint first() const { return m_listeners.front()->local(); }
    std::vector<net::Address> addresses() const;
    const Health &health() const { return m_health; }

    // What a try came to, for the snapshot.
    static Health healthOf(const Result<> &outcome);

private:
    Result<> open();

    const EngineContext &m_context;
    const Protocol m_protocol;
    Accepted m_accepted;
    std::vector<net::Address> m_wanted;
    std::uint16_t m_wantedPort = 0;
    std::vector<std::unique_ptr<net::TcpListener>> m_listeners;
    Health m_health;
    Timestamp m_nextTry{0}; // while nothing listens
};

} // namespace heliograph::serve
