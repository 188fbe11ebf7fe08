#include "outputs/rtsp/datagram_lane.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

// A run is up to 45 KB (wire/rtp/packet_plan.cpp). Two of them fit the socket buffer that systems
// give a player who does not ask for more.
constexpr std::size_t runsAtOnce = 2;

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

void DatagramLane::wait(const BatchPtr &batch)
{
    const Timestamp interval =
        std::clamp(batch->dts - m_lastDts, shortestInterval, longestInterval);
    m_lastDts = batch->dts;
    const auto beats = std::max<std::int64_t>(1, interval * 3 / 4 / Pacer::beat);
    m_runsPerBeat =
        std::max<std::size_t>(m_waiting.empty() ? 1 : m_runsPerBeat,
                              (batch->runs.size() + std::size_t(beats) - 1) / std::size_t(beats));
    const bool first = m_waiting.empty();
    if (m_waiting.size() >= mostWaiting) {
        clear();
        m_awaitKeyframe = true;
        return;
    }
    m_waiting.push_back({batch, 0});
    if (!first)
        return;
    m_pacer.add(*this);
    if (sendRuns(m_waiting.front(), std::max(runsAtOnce, m_runsPerBeat)) == net::Sent::Blocked) {
        clear();
        m_awaitKeyframe = true;
    }
}

net::Sent DatagramLane::sendRuns(Waiting &waiting, std::size_t most)
{
    const Batch &batch = *waiting.batch;
    const std::size_t count = std::min(most, batch.runs.size() - waiting.nextRun);
    const auto runs = std::span(batch.runs).subspan(waiting.nextRun, count);
    waiting.nextRun += count;
    return m_ports.sendRtp(batch.block, runs, m_rtp);
}

bool DatagramLane::sendSome()
{
    for (std::size_t budget = m_runsPerBeat; budget > 0 && m_first < m_waiting.size();) {
        Waiting &waiting = m_waiting[m_first];
        const std::size_t before = waiting.nextRun;
        if (sendRuns(waiting, budget) == net::Sent::Blocked) {
            m_waiting.clear();
            m_first = 0;
            m_awaitKeyframe = true;
            return false;
        }
        budget -= std::min(budget, waiting.nextRun - before);
        if (waiting.nextRun < waiting.batch->runs.size())
            continue;
        waiting.batch.reset();
        ++m_first;
    }
    if (m_first < m_waiting.size())
        return true;
    m_waiting.clear();
    m_first = 0;
    return false;
}

void DatagramLane::clear()
{
    m_pacer.remove(*this);
    m_waiting.clear();
    m_first = 0;
    m_awaitKeyframe = false;
}

} // namespace heliograph::rtsp
