#include "outputs/rtsp/datagram_lane.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

// The parameter sets and two runs of up to 45 KB (wire/rtp/packet_plan.cpp) fit the socket buffer
// that systems give a player who does not ask for more.
constexpr std::size_t runsAtOnce = 3;

// More than the pictures of the largest GOP that is kept (stream/gop_cache.h).
constexpr std::size_t mostWaiting = 4096;

// Each picture is spread over a quarter of the time to the next one: a big keyframe is no burst,
// and a joiner's backlog is caught up with at four times its speed.
constexpr int share = 4;
constexpr Timestamp usualInterval = std::chrono::milliseconds(33); // before two pictures are known
constexpr Timestamp shortestInterval = std::chrono::milliseconds(5);
constexpr Timestamp longestInterval = std::chrono::milliseconds(100);

} // namespace

DatagramLane::Outcome DatagramLane::send(const BatchPtr &batch)
{
    if (batch->track == TrackId::Video) {
        if (m_awaitKeyframe && !batch->keyframe)
            return Outcome::Awaiting;
        m_awaitKeyframe = false;
        if (isPaced(*batch))
            return wait(batch);
        m_lastDts = batch->dts;
    }
    if (m_yard.row.isHeld()) {
        gather(*batch);
        return Outcome::Sent;
    }
    return note(m_ports.sendRtp(batch->block, batch->runs, m_rtp), *batch);
}

// The row leaves before the batch goes (Mount::Group::delivered()).
void DatagramLane::gather(const Batch &batch)
{
    m_gathered = &batch;
    m_yard.row.add(m_ports, batch.block, batch.runs, m_rtp, *this);
}

void DatagramLane::onUnsent(net::Sent why)
{
    const Outcome outcome = note(why, *m_gathered);
    if (m_owner)
        m_owner->onUnsent(*m_gathered, outcome);
}

DatagramLane::Outcome DatagramLane::note(net::Sent sent, const Batch &batch)
{
    if (sent == net::Sent::All)
        return Outcome::Sent;
    if (sent == net::Sent::Unreachable)
        return Outcome::Unreachable;
    m_awaitKeyframe = batch.track == TrackId::Video;
    return Outcome::Lost;
}

bool DatagramLane::isPaced(const Batch &batch) const
{
    return m_backlog || !m_waiting.empty() || batch.runs.size() > runsAtOnce;
}

DatagramLane::Outcome DatagramLane::wait(const BatchPtr &batch)
{
    const Timestamp interval = std::clamp(m_lastDts ? batch->dts - *m_lastDts : usualInterval,
                                          shortestInterval, longestInterval);
    m_lastDts = batch->dts;
    m_backlog = false; // from here on this one waits, and those after it behind it
    const std::int64_t beats = std::max<std::int64_t>(1, interval / share / Pacer::beat);
    const std::int64_t pace = std::int64_t(batch->block.size()) / beats + 1;
    const bool first = m_waiting.empty();
    if (m_waiting.size() >= mostWaiting) {
        loseWaiting();
        return Outcome::Lost;
    }
    m_waiting.push_back({batch, 0, pace});
    if (!first)
        return Outcome::Sent;
    m_credit = 0;
    for (const Batch::Run &run :
         std::span(batch->runs).first(std::min(runsAtOnce, batch->runs.size())))
        m_credit += run.length;
    m_yard.pacer.add(*this);
    if (sendWhatIsDue() == net::Sent::Blocked)
        loseWaiting();
    return Outcome::Sent;
}

net::Sent DatagramLane::sendWhatIsDue()
{
    while (m_credit > 0 && m_first < m_waiting.size()) {
        Waiting &waiting = m_waiting[m_first];
        const Batch &batch = *waiting.batch;
        const Batch::Run &run = batch.runs[waiting.nextRun];
        if (m_ports.sendRtp(batch.block, {&run, 1}, m_rtp) == net::Sent::Blocked)
            return net::Sent::Blocked;
        m_credit -= run.length;
        if (++waiting.nextRun < batch.runs.size())
            continue;
        waiting.batch.reset();
        ++m_first;
    }
    return net::Sent::All;
}

bool DatagramLane::sendSome()
{
    if (m_first < m_waiting.size())
        m_credit += m_waiting[m_first].pace;
    if (sendWhatIsDue() == net::Sent::Blocked) {
        loseWaiting();
        return false;
    }
    if (m_first < m_waiting.size())
        return true;
    m_waiting.clear();
    m_first = 0;
    return false;
}

void DatagramLane::loseWaiting()
{
    for (; m_owner && m_first < m_waiting.size(); ++m_first)
        m_owner->onUnsent(*m_waiting[m_first].batch, Outcome::Lost);
    clear();
    m_awaitKeyframe = true;
}

void DatagramLane::clear()
{
    m_yard.pacer.remove(*this);
    m_waiting.clear();
    m_first = 0;
    m_awaitKeyframe = false;
    m_backlog = false;
}

} // namespace heliograph::rtsp
