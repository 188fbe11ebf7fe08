// RTSPS, RTMPS: a port beside the plain one, for connections that are encrypted from their first
// byte. A problem here, with the certificate or the port, never touches the plain one.
// Thread: the loop. Owner: the server's doors.
#pragma once

#include "engine/settings.h"
#include "net/connection.h"
#include "net/tls_context.h"
#include "serve/listeners.h"

#include <vector>

namespace heliograph::serve {

class SecureDoor {
public:
    // Gets connections whose bytes are plain for it.
    using Accepted = std::function<void(std::unique_ptr<net::Connection>)>;
    SecureDoor(const EngineContext &context, const Protocols &protocols, Accepted accepted);

    static SettingsSchema schema(const Protocols &protocols);

    // Reads the certificate anew. Viewers who are connected stay, by the old one.
    // Errors: those of TlsContext and Listeners::listen().
    Result<> configure(const Settings &settings, std::vector<net::Address> addresses);
    void follow(std::vector<net::Address> addresses);
    // To be called now and then: tries again after a failure, as listeners do.
    void tryAgain();
    void close(); // until the next configure()

    const Listeners &listeners() const { return m_listeners; }
    void describeInto(OutputSnapshot &output) const;

private:
    Result<> open();
    void shut();
    Result<> check() const;
    Result<> readCertificate();
    Result<> listen();
    Result<> noted(Result<> outcome);
    void accept(std::unique_ptr<net::Connection> socket);

    const EngineContext &m_context;
    const Protocols m_protocols;
    const Accepted m_accepted;
    Listeners m_listeners;
    Settings m_settings;
    std::vector<net::Address> m_addresses;
    net::TlsContext::Shared m_tls; // null: closed, or no certificate that can be used
    std::optional<Health> m_health; // nothing: TLS is not wanted
    Timestamp m_nextTry{0};
};

} // namespace heliograph::serve
