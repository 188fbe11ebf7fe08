// One accepted TCP connection: bytes in by callback, bytes out as far as the kernel takes them.
// It holds no buffer of its own: reads share the loop's, and what cannot be sent stays with the
// caller's queue.
// Thread: the loop. Owner: the protocol's connection.
#pragma once

#include "core/bytes.h"
#include "engine/error.h"
#include "net/endpoint.h"

#include <chrono>
#include <memory>
#include <optional>

namespace heliograph::net {

class Loop;

struct TcpInfo {
    std::chrono::microseconds rtt{0};
    std::uint64_t retransmits = 0; // segments since the connection began
};

class TcpConnection {
public:
    class Handler {
    public:
        virtual ~Handler() = default;
        virtual void onBytes(ByteSpan bytes) = 0; // valid during the call
        virtual void onWritable() = 0; // asked for by awaitWritable()
        // The peer closed or reset; nothing follows. Not called after close().
        virtual void onClosed() = 0;
    };

    // Takes over a connected socket. Nothing happens before start().
    TcpConnection(Loop &loop, int socket);
    ~TcpConnection();

    void start(Handler &handler);

    // What the kernel took, from 0 (its buffer is full) to all.
    // Errors: ConnectionLost.
    Result<std::size_t> trySend(ByteSpan bytes);
    void awaitWritable(); // one onWritable() as soon as trySend() will take something again

    void pauseReading(); // no onBytes() until resumeReading(): the peer is slowed down by TCP
    void resumeReading();

    // Sends what the kernel holds, then ends the connection; no callback follows.
    void close();

    Endpoint local() const { return m_local; }
    Endpoint peer() const { return m_peer; }
    std::optional<TcpInfo> info() const;

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
    Endpoint m_local;
    Endpoint m_peer;
};

} // namespace heliograph::net
