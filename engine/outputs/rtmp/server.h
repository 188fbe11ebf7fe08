// The RTMP server: listens, owns connections and mounts, and sweeps them.
// Thread: the loop. Owner: the studio's engine.
#pragma once

#include "core/thread_owner.h"
#include "net/timer.h"
#include "outputs/rtmp/connection.h"
#include "outputs/rtmp/guard.h"
#include "outputs/rtmp/mount.h"
#include "serve/admission.h"
#include "serve/doors.h"
#include "serve/limits.h"
#include "serve/mounts.h"
#include "stream/output.h"

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace heliograph::rtmp {

class Server final : public Output {
public:
    explicit Server(const EngineContext &context);
    ~Server() override;

    static SettingsSchema schema();

    // Output
    Result<> configure(const Settings &settings) override;
    void addMount(Stream &stream, const PublishConfig &config) override;
    void removeMount(const Stream &stream, CloseReason reason) override;
    OutputSnapshot describe() const override;
    std::vector<std::string> urls(const std::string &mount) const override;
    void visitViewers(const std::function<void(Viewer &)> &visit) override;
    void stop() override;
    bool isDrained() const override { return m_connections.empty(); }

    const EngineContext &context() const { return m_context; }
    const serve::Limits &limits() const { return m_limits; }
    serve::Admission &admission() { return m_admission; }
    Guard &guard() { return m_guard; }

    // The mount that this client may know of; null: it does not exist for it.
    Mount *findMount(const std::string &name, const Connection &client) const;
    // Null: none matches.
    Connection *findConnection(const std::function<bool(const Connection &)> &matches) const;

    // All of configure() but the listening.
    void apply(const Settings &settings);
    // A player or an encoder has connected.
    void accept(std::unique_ptr<net::Connection> socket);
    // It is gone: destroyed at the end of the loop's turn.
    void dropConnection(Connection &connection);
    // Destroyed then, too: it may be in the middle of a delivery.
    void bury(std::unique_ptr<Player> player);
    // Time-outs and limits: four times a second by itself.
    void sweep();

private:
    void buryLater();
    void endPlayers(CloseReason reason, const std::function<bool(const Connection &)> &matches);
    void closeAll(const std::function<bool(const Connection &)> &matches);

    ThreadOwner m_thread;
    EngineContext m_context;
    Settings m_settings;
    serve::Limits m_limits;
    serve::Admission m_admission;
    Guard m_guard;
    serve::Doors m_doors;
    serve::Mounts<Mount> m_mounts;
    std::unordered_map<Connection *, std::unique_ptr<Connection>> m_connections;
    // Ended in this turn of the loop; somebody may still be inside one of their functions.
    std::vector<std::unique_ptr<Player>> m_endedPlayers;
    std::vector<std::unique_ptr<Connection>> m_endedConnections;
    net::Timer m_sweep;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    bool m_stopping = false;
};

} // namespace heliograph::rtmp
