// One accepted connection that carries bytes in order: plain TCP, or TLS on top of it. Bytes come
// in by callback and go out as far as they are taken; what is not taken stays with the caller.
// Thread: the loop. Owner: the protocol's connection.
#pragma once

#include "core/bytes.h"
#include "engine/error.h"
#include "net/endpoint.h"

#include <chrono>
#include <optional>

namespace heliograph::net {

struct TcpInfo {
    std::chrono::microseconds rtt{0};
    std::uint64_t retransmits = 0; // segments since the connection began
};

class Connection {
public:
    class Handler {
    public:
        virtual ~Handler() = default;
        virtual void onBytes(ByteSpan bytes) = 0; // valid during the call
        virtual void onWritable() = 0; // asked for by awaitWritable()
        // The peer closed or reset; nothing follows. Not called after close().
        virtual void onClosed() = 0;
    };

    virtual ~Connection() = default;

    // Nothing happens before it.
    virtual void start(Handler &handler) = 0;

    // What was taken, from 0 (the way out is full) to all.
    // Errors: ConnectionLost.
    virtual Result<std::size_t> trySend(ByteSpan bytes) = 0;
    virtual void awaitWritable() = 0; // one onWritable() when trySend() will take something again

    virtual void pauseReading() = 0; // no onBytes() until resumeReading(): TCP slows the peer down
    virtual void resumeReading() = 0;

    // Sends what the kernel holds, then ends the connection; no callback follows.
    virtual void close() = 0;

    virtual Endpoint local() const = 0;
    virtual Endpoint peer() const = 0;
    virtual bool isEncrypted() const = 0;
    virtual std::optional<TcpInfo> info() const = 0;
};

} // namespace heliograph::net
