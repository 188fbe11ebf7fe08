#include "outputs/rtsp/datagram_lane.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

// The parameter sets and two runs of up to 45 KB (wire/rtp/packet_plan.cpp) fit the socket buffer
// that systems give a player who does not ask for more.
constexpr std::size_t runsAtOnce = 3;

// More than the pictures of the largest GOP that is kept (stream/gop_cache.h).
constexpr std::size_t mostWaiting = 4096;

// What waits shall be gone before the next picture is there.
constexpr Timestamp shortestInterval = std::chrono::milliseconds(5);
constexpr Timestamp longestInterval = std::chrono::milliseconds(100);

} // namespace

DatagramLane::Outcome DatagramLane::send(const BatchPtr &batch)
{
    if (batch->track == TrackId::Video) {
        if (m_awaitKeyframe && !batch->keyframe)
            return Outcome::Awaiting;
        m_awaitKeyframe = false;
        if (isPaced(*batch)) {
            wait(batch);
            return Outcome::Sent;
        }
        m_lastDts = batch->dts;
    }
    return note(m_ports.sendRtp(batch->block, batch->runs, m_rtp), *batch);
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
    return !m_waiting.empty() || batch.runs.size() > runsAtOnce;
}

// At the pace at which this picture is gone before the next one comes; what has begun to wait
// before keeps its own when that is faster. A joiner's backlog thus leaves at its keyframe's pace.
void DatagramLane::wait(const BatchPtr &batch)
{
    const Timestamp interval =
        std::clamp(batch->dts - m_lastDts, shortestInterval, longestInterval);
    m_lastDts = batch->dts;
    const std::int64_t beats = std::max<std::int64_t>(1, interval * 3 / 4 / Pacer::beat);
    const std::int64_t pace = std::int64_t(batch->block.size()) / beats + 1;
    const bool first = m_waiting.empty();
    if (m_waiting.size() >= mostWaiting) {
        loseWaiting();
        return;
    }
    m_waiting.push_back({batch, 0});
    m_bytesPerBeat = first ? pace : std::max(m_bytesPerBeat, pace);
    if (!first)
        return;
    m_credit = 0;
    for (const Batch::Run &run :
         std::span(batch->runs).first(std::min(runsAtOnce, batch->runs.size())))
        m_credit += run.length;
    m_pacer.add(*this);
    if (sendWhatIsDue() == net::Sent::Blocked)
        loseWaiting();
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
    m_credit += m_bytesPerBeat;
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
    clear();
    m_awaitKeyframe = true;
}

void DatagramLane::clear()
{
    m_pacer.remove(*this);
    m_waiting.clear();
    m_first = 0;
    m_awaitKeyframe = false;
}

} // namespace heliograph::rtsp
