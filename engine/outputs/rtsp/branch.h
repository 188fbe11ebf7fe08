// A server of its own on a loop of its own, for the viewers of some addresses. It has a replica of
// every stream and shares nothing while pictures flow: no lock is between it and the others.
// Thread: the members on the main loop; the server and the replicas on the branch's own.
// Owner: the main server.
#pragma once

#include "access/doorkeeper.h"
#include "core/published.h"
#include "net/loop.h"
#include "net/loose_socket.h"
#include "net/timer.h"
#include "stream/output.h"
#include "stream/stream.h"

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace heliograph::serve {
struct Occupancy;
}

namespace heliograph::rtsp {

class Server;

class Branch {
public:
    // number: from 1; of so many loops with the main one.
    Branch(const EngineContext &main, const std::shared_ptr<serve::Occupancy> &occupancy,
           int number, int loops);
    ~Branch(); // stops and joins

    Branch(const Branch &) = delete;
    Branch &operator=(const Branch &) = delete;

    void apply(const Settings &settings);
    void addMount(Stream &stream, const PublishConfig &config);
    void removeMount(const std::string &mount, CloseReason reason);
    void accept(std::shared_ptr<net::LooseSocket> socket);
    void noteBans(const Doorkeeper::Banned &banned);

    // As of its last report, four times a second.
    void visitViewers(const std::function<void(Viewer &)> &visit);

    void stop();
    bool isDrained() const { return m_drained; }

private:
    // What the main loop's stream hands over.
    struct Feed final : StreamListener {
        Feed(Branch &owner, Stream &followed);
        ~Feed() override;
        void onUnit(const AccessUnitPtr &unit) override;
        void onRestart(const std::vector<TrackId> &tracks) override;

        Branch &branch;
        Stream &stream;
    };
    // The branch's own side; lives and dies on its loop.
    struct Inside;

    void onLoop(std::function<void(Inside &)> task);
    void close(ViewerId viewer, CloseReason reason);

    const EngineContext &m_main;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true); // the main loop's
    net::Loop m_loop;
    std::unique_ptr<Inside> m_inside;
    std::map<std::string, std::unique_ptr<Feed>> m_feeds; // by mount
    Doorkeeper::Banned m_banned; // as the branch knows it
    Published<std::vector<ViewerSnapshot>> m_viewers{
        std::make_shared<const std::vector<ViewerSnapshot>>()};
    std::atomic<bool> m_drained{false};
};

} // namespace heliograph::rtsp
