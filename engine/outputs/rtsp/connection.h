// One TCP connection of a player: requests in, replies out, and the packets of its interleaved
// sessions between them. Everything leaves through one link, so that a reply never lands inside
// a packet.
// Thread: the loop. Owner: the server.
#pragma once

#include "core/live_count.h"
#include "net/connection.h"
#include "net/timer.h"
#include "outputs/rtsp/session.h"
#include "serve/admission.h"
#include "serve/viewer_link.h"
#include "wire/rtsp/message.h"
#include "wire/rtsp/reader.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace heliograph::rtsp {

class Connection final : public net::Connection::Handler, LiveCount<Connection> {
public:
    using LiveCount<Connection>::living;

    Connection(Server &server, std::unique_ptr<net::Connection> socket);

    void start();

    net::Endpoint peer() const { return m_link.socket().peer(); }
    net::Endpoint local() const { return m_link.socket().local(); }
    // Whom it counts for, in limits and bans: see net::Address::networkText().
    const std::string &network() const { return m_network; }
    bool isEncrypted() const { return m_link.socket().isEncrypted(); }

    // Who proved to be whom in the request at hand; empty: nobody was asked.
    const std::string &user() const { return m_user; }
    void setUser(std::string user) { m_user = std::move(user); }

    // It has used a session: a stranger no more.
    void noteSession();
    // It takes too long over a request, or stays without watching.
    bool isOverdue() const;
    // Every request gets this, once; then the connection ends.
    void refuseAll(Response response) { m_refusal = std::move(response); }

    // The rest of the connection waits while a request is being answered later: replies keep the
    // order of their requests. The returned function answers; it does nothing once the
    // connection is gone.
    using Answer = std::function<void(Response)>;
    Answer answerLater(const Request &request);
    // Runs the task until it returns true, or the deadline has passed and it has run once more
    // with `late` set.
    void retryUntil(std::chrono::milliseconds deadline, std::function<bool(bool late)> task);

    // Returns how many pictures had to be dropped.
    std::uint32_t send(const BatchPtr &batch, Session &session)
    {
        return m_link.send(batch, &session);
    }
    serve::ViewerLink &link() { return m_link; }
    void expectBacklog(std::span<const BatchPtr> backlog) { m_link.expectBacklog(backlog); }
    void discard(const Session &session) { m_link.discard(&session); }
    void sendInterleaved(std::uint8_t channel, ByteSpan payload);

    // Sessions whose packets leave here; they end with the connection.
    void carry(Session &session);
    void release(const Session &session);
    const std::vector<Session *> &carried() const { return m_carried; }

    // Interleaved channels, each used by one track of one session.
    bool isChannelFree(std::uint8_t channel) const;
    std::optional<ChannelPair> freeChannels() const;

    void describeInto(ViewerSnapshot &viewer) { m_link.describeInto(viewer); }
    bool isBehind() const { return m_link.isBehind(); }
    double takenBitrate() const { return m_link.takenBitrate(); }
    // To be called a few times a second: a viewer whose connection takes bytes is alive.
    void noteProgress();
    bool isStuck() const { return m_link.isStuck(); }
    // What waits is still sent, for at most a second; then the connection ends.
    void closeSoon();

    // net::Connection::Handler
    void onBytes(ByteSpan bytes) override;
    void onWritable() override { m_link.onWritable(); }
    void onClosed() override { m_link.end(); }

private:
    void readArrivals();
    void noteRest();
    bool handleArrival(const Arrival &arrival);
    void handleRequest(const Request &request);
    void handleInterleaved(const InterleavedFrame &frame);
    void reply(std::string_view cseq, Response response);
    void leave();

    serve::ViewerLink m_link; // first: what a picture on its way touches
    bool m_answering = false; // a request will be answered later
    bool m_reading = false; // in readArrivals()

    Server &m_server;
    const std::string m_network;
    std::string m_user;
    const Timestamp m_since;
    serve::Admission::Place m_stranger; // null: it has used a session
    std::optional<Timestamp> m_usedSession; // last
    std::optional<Timestamp> m_requestBegan; // one of which only a part is here
    std::optional<Response> m_refusal;
    Reader m_reader;
    std::vector<Session *> m_carried;
    net::Timer m_retry;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace heliograph::rtsp
