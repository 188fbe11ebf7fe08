// The RTSP server (RFC 2326): listens, owns connections, sessions and mounts, and sweeps them.
// Thread: the loop. Owner: the studio's engine.
#pragma once

#include "core/thread_owner.h"
#include "net/loop.h"
#include "net/tcp_listener.h"
#include "net/timer.h"
#include "net/udp_pair.h"
#include "outputs/rtsp/connection.h"
#include "outputs/rtsp/mount.h"
#include "outputs/rtsp/session.h"
#include "stream/output.h"
#include "wire/rtsp/message.h"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>

namespace heliograph::rtsp {

class Server final : public Output {
public:
    explicit Server(const EngineContext &context);
    ~Server() override;

    // Output
    Result<> configure(const Settings &settings) override;
    void addMount(Stream &stream, Audience audience) override;
    void removeMount(const Stream &stream, CloseReason reason) override;
    OutputSnapshot describe() const override;
    std::vector<std::string> urls(const std::string &mount) const override;
    void visitViewers(const std::function<void(Viewer &)> &visit) override;
    void stop() override;
    bool isDrained() const override { return m_connections.empty(); }

    const EngineContext &context() const { return m_context; }
    Timestamp sessionTimeout() const { return m_sessionTimeout; }

    // The mount that this client may know of; null: it does not exist for it.
    Mount *findMount(const std::string &name, const Connection &client) const;
    Session *findSession(const std::string &id) const;
    Session &createSession(Mount &mount, Connection &creator, std::string userAgent);
    // Tells the viewer, and destroys the session at the end of the loop's turn. When it was
    // kicked, its connection goes too.
    void endSession(Session &session, CloseReason reason);
    void noteLeaving(const Session &session, CloseReason reason);

    // RTP and RTCP ports on the address that the client reached us at.
    Result<net::UdpPair *> udpPair(const net::Address &local);

    // CSeq, Server and Date.
    void stamp(Response &response, std::string_view cseq) const;

    // The player is gone: its connection is destroyed at the end of the loop's turn.
    void dropConnection(Connection &connection);

private:
    Result<> listen(const net::Address &address, std::uint16_t port);
    void followAudience();
    void listenAgain();
    net::Address wantedAddress() const;
    void accept(std::unique_ptr<net::TcpConnection> socket);
    void receiveRtcp(ByteSpan datagram, const net::Endpoint &from);
    void sweep();
    void sweepSession(Session &session);
    void buryLater();
    void closeConnectionsOf(const net::Endpoint &peer);
    void closeAll(const std::function<bool(const Connection &)> &matches);

    ThreadOwner m_thread;
    EngineContext m_context;
    Settings m_settings;
    Timestamp m_sessionTimeout = std::chrono::seconds(60);
    std::unique_ptr<net::TcpListener> m_listener;
    Health m_health;
    Timestamp m_nextListen{0}; // while there is no listener: when to try again
    std::map<std::string, std::unique_ptr<Mount>> m_mounts;
    std::unordered_map<std::string, std::unique_ptr<Session>> m_sessions;
    std::unordered_map<Connection *, std::unique_ptr<Connection>> m_connections;
    std::map<std::string, std::unique_ptr<net::UdpPair>> m_udp; // by local address
    // Ended in this turn of the loop; somebody may still be inside one of their functions.
    std::vector<std::unique_ptr<Session>> m_endedSessions;
    std::vector<std::unique_ptr<Connection>> m_endedConnections;
    net::Timer m_sweep;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    bool m_stopping = false;
};

} // namespace heliograph::rtsp
