// The way out to one viewer over TCP: whole pictures past the queue while the kernel takes them,
// through it when it does not; replies between them, never inside one. It knows when the viewer is
// too slow, and ends softly: what waits is still sent.
// Thread: the loop. Owner: the protocol's connection, which hands it what the socket calls back.
#pragma once

#include "core/rate_meter.h"
#include "net/connection.h"
#include "net/timer.h"
#include "stream/output.h"
#include "stream/send_queue.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace heliograph::serve {

class ViewerLink {
public:
    // ended: the connection is over. May be called in the middle of a delivery, and more than once:
    // destroy nothing there.
    ViewerLink(const EngineContext &context, std::unique_ptr<net::Connection> socket,
               const SendQueueBounds &bounds, std::function<void()> ended);

    net::Connection &socket() { return *m_socket; }
    const net::Connection &socket() const { return *m_socket; }

    // owner: tells the streams of one connection apart. Returns how many pictures had to be
    // dropped.
    std::uint32_t send(const BatchPtr &batch, SendQueue::Owner owner);
    // A reply, a report: never dropped.
    void sendControl(const Bytes &block);
    void expectBacklog(std::span<const BatchPtr> backlog) { m_queue.expectBacklog(backlog); }
    void discard(SendQueue::Owner owner) { m_queue.discard(owner); } // what has not begun to leave

    // To be handed on from net::Connection::Handler.
    void onWritable();

    // To be called a few times a second. True: the kernel has taken bytes since the last call, so
    // the viewer is alive.
    bool noteProgress();
    // The kernel has taken nothing for ten seconds. (The queue may be empty meanwhile: what waited
    // was dropped.)
    bool isStuck() const;
    bool isBehind() const { return !m_queue.empty(); }
    bool awaitsKeyframe() const { return m_queue.awaitsKeyframe(); } // pictures are left out
    double takenBitrate() const { return m_takenBitrate; } // bit/s that the kernel takes
    void describeInto(ViewerSnapshot &viewer);

    bool isClosing() const { return m_closing; }
    // What waits is still sent, for at most a second; then the connection ends.
    void closeSoon();
    void end(); // now

private:
    void sendPastQueue(const BatchPtr &batch, SendQueue::Owner owner);
    void flush();
    void awaitWritable();

    // What a picture on its way touches, side by side.
    std::unique_ptr<net::Connection> m_socket;
    std::uint64_t m_taken = 0; // bytes that the kernel took
    bool m_closing = false;
    bool m_blocked = false; // the kernel is full: onWritable() will come
    SendQueue m_queue;

    const Clock &m_clock;
    const std::function<void()> m_ended;
    net::Timer m_farewell;
    Timestamp m_progress; // when it was last seen that the kernel took bytes, or could
    std::uint64_t m_takenBefore = 0; // when noteProgress() last looked
    RateMeter m_takenMeter;
    double m_takenBitrate = 0;
    std::optional<net::TcpInfo> m_info;
    Timestamp m_infoRead{Timestamp::min() / 2};
};

} // namespace heliograph::serve
