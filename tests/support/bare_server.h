// A server without a network, RTSP or RTMP: connections that a test feeds and reads by hand, on a
// clock that the test moves. One thread, no real time.
#pragma once

#include "net/connection.h"
#include "net/loop.h"
#include "outputs/rtmp/server.h"
#include "outputs/rtsp/server.h"
#include "stream/stream.h"
#include "support/counting_random.h"
#include "support/manual_clock.h"

#include <string>
#include <vector>

namespace heliograph::test {

// The server's end of a connection that leads nowhere. The server owns it: look at it only while
// it is open.
class BareConnection final : public net::Connection {
public:
    struct State { // outlives the connection
        BareConnection *open = nullptr; // null: the server has closed it
        std::string sent; // kept when `keep` is set
        std::uint64_t sentBytes = 0;
        std::size_t room = SIZE_MAX; // what it takes before it is full
        bool keep = true;
        bool encrypted = false;
    };

    BareConnection(std::shared_ptr<State> state, net::Endpoint local, net::Endpoint peer);
    ~BareConnection() override;

    void receive(std::string_view bytes); // from the player
    void makeWritable();
    void hangUp();

    void start(Handler &handler) override { m_handler = &handler; }
    Result<std::size_t> trySend(ByteSpan bytes) override;
    void awaitWritable() override { m_awaited = true; }
    void pauseReading() override { m_paused = true; }
    void resumeReading() override { m_paused = false; }
    void close() override { m_handler = nullptr; }
    net::Endpoint local() const override { return m_local; }
    net::Endpoint peer() const override { return m_peer; }
    bool isEncrypted() const override { return m_state->encrypted; }
    std::optional<net::TcpInfo> info() const override { return std::nullopt; }

private:
    std::shared_ptr<State> m_state;
    const net::Endpoint m_local;
    const net::Endpoint m_peer;
    Handler *m_handler = nullptr;
    bool m_awaited = false;
    bool m_paused = false;
};

// All but the server.
class BareEngine {
public:
    virtual ~BareEngine() = default;

    // Published, for who comes from elsewhere; with one keyframe cached, and a frame of its sound.
    Stream &addStream(const std::string &mount, PublishConfig config = {{}, Audience::MyNetwork},
                      std::vector<TrackId> tracks = {TrackId::Video});
    Stream &addStreamWithSound(const std::string &mount);
    void push(Stream &stream, bool keyframe, std::size_t bytes);
    void pushSound(Stream &stream); // a frame of AAC

    using Peer = std::shared_ptr<BareConnection::State>;
    // local: one that this machine does not have leaves UDP unavailable.
    Peer connect(const std::string &address = "192.0.2.9", const std::string &local = "192.0.2.1");

    // Moves the clock; the server sweeps on its way.
    void pass(Timestamp time);

    ManualClock clock;
    CountingRandom random;
    net::Loop loop;
    Log log;
    NoticeBoard notices{clock};
    ViewerIds viewerIds;
    Doorkeeper doorkeeper{clock};
    IngestDesk desk;
    Hooks hooks;
    EngineContext context{loop, clock, random, log, notices, viewerIds, doorkeeper, desk, hooks};
    std::vector<std::unique_ptr<Stream>> streams;

protected:
    BareEngine();
    virtual Output &output() = 0;
    virtual void accept(std::unique_ptr<net::Connection> socket) = 0;
    virtual void sweep() = 0;

private:
    std::uint16_t m_lastPort = 1024;
};

SettingsSchema schemaOf(const rtsp::Server &);
SettingsSchema schemaOf(const rtmp::Server &);

template <class Server>
class Bare final : public BareEngine {
public:
    explicit Bare(const Settings &settings = {})
        : server(std::make_unique<Server>(context))
    {
        server->apply(completeSettings(schemaOf(*server), settings).value());
    }
    ~Bare() override
    {
        server->stop();
        loop.runReady();
        server.reset();
        loop.runReady();
    }

    std::unique_ptr<Server> server;

private:
    Output &output() override { return *server; }
    void accept(std::unique_ptr<net::Connection> socket) override
    {
        server->accept(std::move(socket));
    }
    void sweep() override { server->sweep(); }
};

using BareServer = Bare<rtsp::Server>;
using BareRtmpServer = Bare<rtmp::Server>;

// The text of a request without a body.
std::string requestText(const std::string &method, const std::string &url, int cseq,
                        const std::string &moreLines = {});

} // namespace heliograph::test
