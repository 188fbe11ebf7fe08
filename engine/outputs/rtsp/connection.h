// One TCP connection of a player: requests in, replies out, and the packets of its interleaved
// sessions between them. Everything leaves through one queue, so that a reply never lands inside
// a packet.
// Thread: the loop. Owner: the server.
#pragma once

#include "core/live_count.h"
#include "core/rate_meter.h"
#include "net/connection.h"
#include "net/timer.h"
#include "outputs/rtsp/session.h"
#include "stream/send_queue.h"
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

    net::Endpoint peer() const { return m_socket->peer(); }
    net::Endpoint local() const { return m_socket->local(); }
    // Whom it counts for, in limits and bans: see net::Address::networkText().
    const std::string &network() const { return m_network; }
    bool isEncrypted() const { return m_socket->isEncrypted(); }

    // Who proved to be whom in the request at hand; empty: nobody was asked.
    const std::string &user() const { return m_user; }
    void setUser(std::string user) { m_user = std::move(user); }

    // One that has used no session, yet or for long.
    bool isStranger() const { return !m_usedSession && m_carried.empty(); }
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
    std::uint32_t send(const BatchPtr &batch, Session &session);
    void expectBacklog(std::span<const BatchPtr> backlog) { m_queue.expectBacklog(backlog); }
    void discard(const Session &session); // what has not begun to leave
    void sendInterleaved(std::uint8_t channel, ByteSpan payload);

    // Sessions whose packets leave here; they end with the connection.
    void carry(Session &session);
    void release(const Session &session);
    const std::vector<Session *> &carried() const { return m_carried; }

    // Interleaved channels, each used by one track of one session.
    bool isChannelFree(std::uint8_t channel) const;
    std::optional<ChannelPair> freeChannels() const;

    void describeInto(ViewerSnapshot &viewer);
    bool isBehind() const { return !m_queue.empty(); }
    double takenBitrate() const { return m_takenBitrate; } // bit/s that the kernel takes
    // To be called a few times a second: a viewer whose connection takes bytes is alive.
    void noteProgress();
    // The kernel has taken nothing for ten seconds. (The queue may be empty meanwhile: what waited
    // was dropped.)
    bool isStuck() const;
    // What waits is still sent, for at most a second; then the connection ends.
    void closeSoon();

    // net::Connection::Handler
    void onBytes(ByteSpan bytes) override;
    void onWritable() override;
    void onClosed() override;

private:
    void readArrivals();
    void noteRest();
    bool handleArrival(const Arrival &arrival);
    void handleRequest(const Request &request);
    void handleInterleaved(const InterleavedFrame &frame);
    void reply(std::string_view cseq, Response response);
    void sendPastQueue(const BatchPtr &batch, Session &session);
    void flush();
    void awaitWritable();
    void fail();

    // What a picture on its way touches, side by side.
    std::unique_ptr<net::Connection> m_socket;
    std::uint64_t m_taken = 0; // bytes that the kernel took
    bool m_closing = false;
    bool m_blocked = false; // the kernel is full: onWritable() will come
    bool m_answering = false; // a request will be answered later
    bool m_reading = false; // in readArrivals()
    SendQueue m_queue;

    Server &m_server;
    const std::string m_network;
    std::string m_user;
    const Timestamp m_since;
    std::optional<Timestamp> m_usedSession; // last
    std::optional<Timestamp> m_requestBegan; // one of which only a part is here
    std::optional<Response> m_refusal;
    Reader m_reader;
    std::vector<Session *> m_carried;
    net::Timer m_retry;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    Timestamp m_progress; // when it was last seen that the kernel took bytes, or could
    std::uint64_t m_takenBefore = 0; // when noteProgress() last looked
    RateMeter m_takenMeter;
    double m_takenBitrate = 0;
    std::optional<net::TcpInfo> m_info;
    Timestamp m_infoRead{Timestamp::min() / 2};
};

} // namespace heliograph::rtsp
