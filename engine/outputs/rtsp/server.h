// The RTSP server (RFC 2326): listens, owns connections, sessions and mounts, and sweeps them.
// Thread: the loop. Owner: the studio's engine.
#pragma once

#include "core/thread_owner.h"
#include "net/loop.h"
#include "net/timer.h"
#include "net/udp_pair.h"
#include "outputs/rtsp/branch.h"
#include "outputs/rtsp/connection.h"
#include "outputs/rtsp/datagram_yard.h"
#include "outputs/rtsp/guard.h"
#include "outputs/rtsp/limits.h"
#include "outputs/rtsp/mount.h"
#include "outputs/rtsp/multicast_group.h"
#include "outputs/rtsp/session.h"
#include "serve/admission.h"
#include "serve/doors.h"
#include "serve/mounts.h"
#include "stream/output.h"
#include "wire/rtsp/message.h"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>

namespace heliograph::rtsp {

class Server final : public Output {
public:
    // A branch's server shares the main one's occupancy.
    explicit Server(
        const EngineContext &context,
        const std::shared_ptr<serve::Occupancy> &occupancy = std::make_shared<serve::Occupancy>());
    ~Server() override;

    // Output
    Result<> configure(const Settings &settings) override;
    void addMount(Stream &stream, const PublishConfig &config) override;
    void removeMount(const Stream &stream, CloseReason reason) override;
    OutputSnapshot describe() const override;
    std::vector<std::string> urls(const std::string &mount) const override;
    void visitViewers(const std::function<void(Viewer &)> &visit) override;
    void stop() override;
    bool isDrained() const override;

    const EngineContext &context() const { return m_context; }
    const Limits &limits() const { return m_limits; }
    serve::Admission &admission() { return m_admission; }
    Guard &guard() { return m_guard; }
    DatagramYard &yard() { return m_yard; }
    // What this mount would use; each has a group of its own.
    MulticastConfig multicastConfig(const Mount &mount) const;
    Timestamp sessionTimeout() const { return m_sessionTimeout; } // as announced
    // What a session is really given: VLC sends its keep-alives up to ten seconds late
    // (mediamtx#1213), a sixth of the usual time-out.
    Timestamp sessionGrace() const { return m_sessionTimeout + m_sessionTimeout / 6; }

    // The mount that this client may know of; null: it does not exist for it.
    Mount *findMount(const std::string &name, const Connection &client) const;
    Session *findSession(const std::string &id) const;
    Session &createSession(Mount &mount, Connection &creator, std::string userAgent);
    // Tells the viewer, and destroys the session at the end of the loop's turn. When it was
    // kicked, its connection goes too.
    void endSession(Session &session, CloseReason reason);

    // All of configure() but the listening.
    void apply(const Settings &settings);
    // A player has connected.
    void accept(std::unique_ptr<net::Connection> socket);
    // Time-outs, reports, limits: four times a second by itself.
    void sweep();

    // RTP and RTCP ports on the address that the client reached us at.
    Result<net::UdpPair *> udpPair(const net::Address &local);

    // The player is gone: its connection is destroyed at the end of the loop's turn.
    void dropConnection(Connection &connection);

private:
    std::size_t packetSize() const;
    int freeNumber() const;
    void acceptHereOrElsewhere(std::unique_ptr<net::TcpConnection> socket);
    void receiveRtcp(ByteSpan datagram, const net::Endpoint &from);
    void sweepSession(Session &session);
    void sweepConnections();
    void buryLater();
    void closeConnectionsOf(const net::Endpoint &peer);
    void closeAll(const std::function<bool(const Connection &)> &matches);

    ThreadOwner m_thread;
    EngineContext m_context;
    Settings m_settings;
    Timestamp m_sessionTimeout = std::chrono::seconds(60);
    Limits m_limits;
    serve::Admission m_admission;
    Guard m_guard;
    DatagramYard m_yard;
    serve::Doors m_doors;
    serve::Mounts<Mount> m_mounts;
    std::unordered_map<std::string, std::unique_ptr<Session>> m_sessions;
    std::unordered_map<Connection *, std::unique_ptr<Connection>> m_connections;
    std::map<std::string, std::unique_ptr<net::UdpPair>> m_udp; // by local address
    // Ended in this turn of the loop; somebody may still be inside one of their functions.
    std::vector<std::unique_ptr<Session>> m_endedSessions;
    std::vector<std::unique_ptr<Connection>> m_endedConnections;
    std::vector<std::unique_ptr<Branch>> m_branches; // other loops; none by default
    net::Timer m_sweep;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    bool m_stopping = false;
};

} // namespace heliograph::rtsp
