// The other end of our TLS: OpenSSL as a client on a blocking socket, with any certificate welcome.
// Thread: one. The socket stays the caller's.
#pragma once

#include "core/bytes.h"

#include <memory>
#include <optional>
#include <string>

struct ssl_st;

namespace heliograph::test {

struct TlsVersions { // OpenSSL's numbers (TLS1_2_VERSION); 0: any
    int oldest = 0;
    int newest = 0;
};

class TlsClient {
public:
    explicit TlsClient(int socket, TlsVersions versions = {});

    bool shakeHands(); // send() and receive() do it, too
    bool send(ByteSpan bytes); // false: the connection is over
    // Nothing: no whole record has come yet. 0: the connection is over.
    std::optional<std::size_t> receive(std::uint8_t *to, std::size_t most);
    bool holdsBytes() const; // decrypted, which poll() does not tell
    bool wasToldGoodbye() const; // close_notify

    std::string fingerprint() const; // of the server's certificate: "AB:CD:…"
    ssl_st *native() const { return m_native.get(); }

private:
    std::unique_ptr<ssl_st, void (*)(ssl_st *)> m_native;
};

} // namespace heliograph::test
