#include "outputs/rtsp/multicast_group.h"

#include "outputs/rtsp/session.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

constexpr Timestamp reportInterval = std::chrono::seconds(5);

} // namespace

Result<std::unique_ptr<MulticastGroup>>
MulticastGroup::create(const EngineContext &context, Mount &mount, const MulticastConfig &config,
                       const net::Address &local, DatagramYard &yard)
{
    std::unique_ptr<MulticastGroup> group(new MulticastGroup(context, mount, config));
    const net::Address &through = config.interface.isUnspecified() ? local : config.interface;
    for (const auto &track : mount.tracks())
        if (const auto opened = group->open(track->id, through, yard); !opened)
            return tl::unexpected(opened.error());
    return group;
}

MulticastGroup::~MulticastGroup()
{
    if (!m_viewers.empty() || !m_waiting.empty())
        m_mount.leave(*this, m_joined);
}

// Reports from the group's members go to the group, which we do not listen to: their RTSP
// sessions keep them alive.
Result<> MulticastGroup::open(TrackId track, const net::Address &local, DatagramYard &yard)
{
    auto ports = net::UdpPair::bind(m_context.loop, local, [](ByteSpan, const net::Endpoint &) {});
    if (!ports)
        return tl::unexpected(ports.error());
    if (auto prepared = (*ports)->prepareMulticast(local, m_config.ttl); !prepared)
        return prepared;
    const PortPair to = portsOf(track);
    Lane &lane = m_lanes[indexOf(track)];
    lane.ports = *std::move(ports);
    lane.lane =
        std::make_unique<DatagramLane>(*lane.ports, net::UdpTarget({m_config.group, to.first}),
                                       net::UdpTarget({m_config.group, to.second}), yard);
    lane.lane->setOwner(*this);
    return {};
}

PortPair MulticastGroup::portsOf(TrackId track) const
{
    const auto first = std::uint16_t(m_config.port + 2 * indexOf(track));
    return {first, std::uint16_t(first + 1)};
}

void MulticastGroup::describe(TrackId track, Transport &reply) const
{
    reply.multicast = true;
    reply.clientPort.reset();
    reply.destination = m_config.group.text();
    reply.port = portsOf(track);
    reply.ttl = m_config.ttl;
}

void MulticastGroup::join(Session &viewer)
{
    const bool first = m_viewers.empty() && m_waiting.empty();
    if (first) {
        m_waiting.push_back(&viewer);
        m_joined = m_mount.datagramKey();
        m_mount.join(*this, m_joined);
        return;
    }
    if (!m_flowing) {
        m_waiting.push_back(&viewer);
        return;
    }
    m_viewers.push_back(&viewer);
    m_mount.stream().wantKeyframe(); // the packets are on their way
    viewer.beginWithGroup({});
}

void MulticastGroup::leave(Session &viewer)
{
    std::erase(m_waiting, &viewer);
    std::erase(m_viewers, &viewer);
    if (!m_viewers.empty() || !m_waiting.empty())
        return;
    m_mount.leave(*this, m_joined);
    sendBye();
    m_flowing = false;
    for (Lane &lane : m_lanes)
        if (lane.lane)
            lane.lane->clear();
}

void MulticastGroup::begin(std::span<const BatchPtr> backlog)
{
    m_flowing = true;
    const std::vector<Session *> waiting = std::exchange(m_waiting, {});
    m_viewers.insert(m_viewers.end(), waiting.begin(), waiting.end());
    for (Session *viewer : waiting)
        viewer->beginWithGroup(backlog);
    sendReports();
    for (Lane &lane : m_lanes)
        if (lane.lane && backlog.size() > 1)
            lane.lane->expectBacklog();
    for (const BatchPtr &batch : backlog)
        deliver(batch);
}

void MulticastGroup::deliver(const BatchPtr &batch)
{
    Lane &lane = m_lanes[indexOf(batch->track)];
    if (!lane.lane || lane.lane->send(batch) != DatagramLane::Outcome::Sent)
        return;
    lane.packets += batch->packets;
    lane.octets += batch->payloadBytes;
    m_bytes += batch->block.size();
    m_pictures += batch->track == TrackId::Video ? 1 : 0;
}

void MulticastGroup::onUnsent(const Batch &batch, DatagramLane::Outcome)
{
    Lane &lane = m_lanes[indexOf(batch.track)];
    lane.packets -= batch.packets;
    lane.octets -= batch.payloadBytes;
    m_bytes -= batch.block.size();
    m_pictures -= batch.track == TrackId::Video ? 1 : 0;
}

void MulticastGroup::sendReportsIfDue()
{
    if (m_flowing && m_context.clock.now() - m_reported >= reportInterval)
        sendReports();
}

rtcp::SenderReport MulticastGroup::reportOf(TrackId track)
{
    rtcp::SenderReport report = m_mount.senderReport(track);
    report.packets = m_lanes[indexOf(track)].packets;
    report.octets = m_lanes[indexOf(track)].octets;
    return report;
}

void MulticastGroup::sendReports()
{
    m_reported = m_context.clock.now();
    for (const auto &track : m_mount.tracks())
        if (Lane &lane = m_lanes[indexOf(track->id)]; lane.lane)
            lane.lane->sendRtcp(rtcp::writeSenderReport(reportOf(track->id), m_mount.cname()));
}

void MulticastGroup::sendBye()
{
    if (!m_flowing)
        return;
    for (const auto &track : m_mount.tracks())
        if (Lane &lane = m_lanes[indexOf(track->id)]; lane.lane)
            lane.lane->sendRtcp(
                rtcp::writeBye(reportOf(track->id), m_mount.cname(), "nobody plays"));
}

} // namespace heliograph::rtsp
