// One TCP connection of a player: requests in, replies out, and the packets of its interleaved
// sessions between them. Everything leaves through one queue, so that a reply never lands inside
// a packet.
// Thread: the loop. Owner: the server.
#pragma once

#include "core/live_count.h"
#include "net/tcp_connection.h"
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

class Connection final : public net::TcpConnection::Handler, LiveCount<Connection> {
public:
    using LiveCount<Connection>::living;

    Connection(Server &server, std::unique_ptr<net::TcpConnection> socket);

    void start();

    net::Endpoint peer() const { return m_socket->peer(); }
    net::Endpoint local() const { return m_socket->local(); }

    // The rest of the connection waits while a request is being answered later: replies keep the
    // order of their requests. The returned function answers; it does nothing once the
    // connection is gone.
    using Answer = std::function<void(Response)>;
    Answer answerLater(const Request &request);
    // Runs the task until it returns true, or the deadline has passed and it has run once more
    // with `late` set.
    void retryUntil(std::chrono::milliseconds deadline, std::function<bool(bool late)> task);

    // Returns how many pictures had to be dropped.
    std::uint32_t send(const BatchPtr &batch, const Session &session);
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

    void describeInto(ViewerSnapshot &viewer) const;
    // Nothing left for ten seconds although something waits.
    bool isStuck() const;
    // What waits is still sent, for at most a second; then the connection ends.
    void closeSoon();

    // net::TcpConnection::Handler
    void onBytes(ByteSpan bytes) override;
    void onWritable() override;
    void onClosed() override;

private:
    void readArrivals();
    bool handleArrival(const Arrival &arrival);
    void handleRequest(const Request &request);
    void handleInterleaved(const InterleavedFrame &frame);
    void reply(std::string_view cseq, Response response);
    void flush();
    void fail();

    Server &m_server;
    std::unique_ptr<net::TcpConnection> m_socket;
    Reader m_reader;
    SendQueue m_queue;
    std::vector<Session *> m_carried;
    net::Timer m_retry;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    Timestamp m_progress; // when the kernel last took bytes, or nothing waited
    bool m_answering = false; // a request will be answered later
    bool m_reading = false; // in readArrivals()
    bool m_blocked = false; // the kernel is full: onWritable() will come
    bool m_closing = false;
};

} // namespace heliograph::rtsp
