// One accepted TCP connection. It holds no buffer of its own: reads share the loop's, and what
// cannot be sent stays with the caller's queue.
// Thread: the loop. Owner: the protocol's connection.
#pragma once

#include "net/connection.h"
#include "net/loose_socket.h"

#include <memory>

namespace heliograph::net {

class Loop;

class TcpConnection final : public Connection {
public:
    // Takes over a connected socket.
    TcpConnection(Loop &loop, int socket);
    ~TcpConnection() override;

    // Lets go of the socket, before start(): another loop takes it over.
    std::shared_ptr<LooseSocket> release();

    void start(Handler &handler) override;
    Result<std::size_t> trySend(ByteSpan bytes) override;
    void awaitWritable() override;
    void pauseReading() override;
    void resumeReading() override;
    void close() override;

    Endpoint local() const override { return m_local; }
    Endpoint peer() const override { return m_peer; }
    bool isEncrypted() const override { return false; }
    std::optional<TcpInfo> info() const override;

private:
    struct Impl;
    const int m_fd; // Impl's, at hand for the packet path; closed by close()
    std::shared_ptr<Impl> m_impl;
    Endpoint m_local;
    Endpoint m_peer;
};

} // namespace heliograph::net
