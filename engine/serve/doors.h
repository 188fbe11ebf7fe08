// The ways into a server: its plain port and, where it is wanted, the encrypted one, on the
// addresses that its mounts' audiences need.
// Thread: the loop. Owner: the server.
#pragma once

#include "engine/settings.h"
#include "serve/listeners.h"
#include "serve/secure_door.h"

#include <string>
#include <vector>

namespace heliograph::serve {

class Doors {
public:
    // Who comes in; those over TLS are decrypted already.
    struct Accepted {
        Listeners::Accepted plainly;
        SecureDoor::Accepted securely;
    };
    Doors(const EngineContext &context, const Protocols &protocols, Accepted accepted);

    // The port and the address; those of TLS are the secure door's own.
    static SettingsSchema schema(const Protocols &protocols);
    // Errors: InvalidArgument.
    static Result<> check(const Settings &settings);

    // Listens, or moves to another port. The plain port's error goes before that of the other.
    // Errors: those of Listeners::listen() and SecureDoor::configure().
    Result<> configure(const Settings &settings, std::vector<Audience> audiences);
    // Mounts have come or gone.
    void follow(std::vector<Audience> audiences);
    // To be called now and then: tries again what has failed.
    void tryAgain();
    void close();

    void describeInto(OutputSnapshot &output) const;
    std::vector<std::string> urls(const std::string &mount, Audience audience) const;

private:
    std::vector<net::Address> addresses() const;
    Result<> listen();

    const EngineContext &m_context;
    Settings m_settings; // empty: closed
    std::vector<Audience> m_audiences; // of all mounts
    Listeners m_plain;
    SecureDoor m_secure;
};

} // namespace heliograph::serve
