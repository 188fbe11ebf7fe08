// TLS, the server's side, on top of another connection. It holds at most one record that the way
// out did not take; what goes in beyond that stays with the caller's queue.
// Thread: the loop. Owner: the protocol's connection.
#pragma once

#include "net/connection.h"
#include "net/tls_context.h"

#include <memory>

namespace heliograph::net {

class Loop;

class TlsConnection final : public Connection {
public:
    // The carrier has not been started.
    TlsConnection(Loop &loop, std::unique_ptr<Connection> carrier, TlsContext::Shared context);
    ~TlsConnection() override;

    // Bytes that are no TLS, a version too old or a broken record end in onClosed().
    void start(Handler &handler) override;
    // Takes nothing before the handshake is done.
    Result<std::size_t> trySend(ByteSpan bytes) override;
    void awaitWritable() override;
    void pauseReading() override;
    void resumeReading() override;
    // Says goodbye (close_notify) where the way out takes it at once.
    void close() override;

    Endpoint local() const override;
    Endpoint peer() const override;
    bool isEncrypted() const override { return true; }
    std::optional<TcpInfo> info() const override;

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace heliograph::net
