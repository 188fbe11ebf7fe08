#include "serve/viewer_link.h"

namespace heliograph::serve {

namespace {

constexpr Timestamp stuckAfter = std::chrono::seconds(10);
constexpr std::chrono::milliseconds farewell(1000);
constexpr Timestamp infoPeriod = std::chrono::seconds(1);

} // namespace

ViewerLink::ViewerLink(const EngineContext &context, std::unique_ptr<net::Connection> socket,
                       const SendQueueBounds &bounds, std::function<void()> ended)
    : m_socket(std::move(socket))
    , m_queue(bounds)
    , m_clock(context.clock)
    , m_ended(std::move(ended))
    , m_farewell(context.loop)
    , m_progress(context.clock.now())
{
}

std::uint32_t ViewerLink::send(const BatchPtr &batch, SendQueue::Owner owner)
{
    if (m_closing)
        return 0;
    if (m_queue.isPassable()) {
        sendPastQueue(batch, owner);
        return 0;
    }
    const std::uint32_t dropped = m_queue.push(batch, owner);
    flush();
    return dropped;
}

void ViewerLink::sendPastQueue(const BatchPtr &batch, SendQueue::Owner owner)
{
    const auto taken = m_socket->trySend(batch->block);
    if (!taken) {
        end();
        return;
    }
    m_taken += *taken;
    if (*taken == batch->block.size())
        return;
    m_queue.pushBegun(batch, owner, *taken);
    awaitWritable();
}

// A queue takes memory: nothing goes through it that leaves at once.
void ViewerLink::sendControl(const Bytes &block)
{
    const auto taken = m_queue.empty() ? m_socket->trySend(block) : Result<std::size_t>(0);
    const std::size_t sent = taken.value_or(0);
    m_taken += sent;
    const bool kept =
        sent == block.size() || m_queue.pushControl(block.slice(sent, block.size() - sent));
    if (taken && kept)
        flush();
    else
        end();
}

void ViewerLink::onWritable()
{
    m_blocked = false;
    flush();
}

void ViewerLink::flush()
{
    if (m_blocked)
        return;
    const bool alive = m_queue.drain([&](ByteSpan bytes) {
        auto taken = m_socket->trySend(bytes);
        m_taken += taken.value_or(0);
        return taken;
    });
    if (!alive || (m_closing && m_queue.empty())) {
        end();
        return;
    }
    if (!m_queue.empty())
        awaitWritable();
}

void ViewerLink::awaitWritable()
{
    m_blocked = true;
    m_socket->awaitWritable();
}

bool ViewerLink::noteProgress()
{
    const Timestamp now = m_clock.now();
    const bool moved = m_taken != m_takenBefore;
    m_takenBefore = m_taken;
    m_takenBitrate = 8 * m_takenMeter.sample(m_taken, now);
    if (moved || !m_blocked)
        m_progress = now;
    return moved;
}

bool ViewerLink::isStuck() const
{
    return m_blocked && m_clock.now() - m_progress > stuckAfter;
}

void ViewerLink::describeInto(ViewerSnapshot &viewer)
{
    viewer.queueMs = std::chrono::duration<double, std::milli>(m_queue.duration()).count();
    // A system call: once a second is often enough.
    if (const Timestamp now = m_clock.now(); now - m_infoRead > infoPeriod) {
        m_infoRead = now;
        m_info = m_socket->info();
    }
    if (m_info) {
        viewer.rttMs = std::chrono::duration<double, std::milli>(m_info->rtt).count();
        viewer.retransmits = m_info->retransmits;
    }
}

void ViewerLink::closeSoon()
{
    m_closing = true;
    if (m_queue.empty())
        end();
    else
        m_farewell.once(farewell, [this] { end(); });
}

void ViewerLink::end()
{
    m_closing = true;
    m_farewell.cancel();
    m_ended();
}

} // namespace heliograph::serve
