#include "outputs/rtsp/mount.h"

#include "outputs/rtsp/datagram_yard.h"
#include "outputs/rtsp/multicast_group.h"
#include "wire/rtp/payloads.h"
#include "wire/sdp/track_media.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

std::string makeCname(Random &random)
{
    return fmt::format("{:016x}@heliograph", random.next64());
}

} // namespace

Mount::Mount(const EngineContext &context, Stream &stream, PublishConfig config, int number,
             DatagramYard &yard)
    : m_context(context)
    , m_stream(stream)
    , m_config(std::move(config))
    , m_number(number)
    , m_yard(yard)
    , m_epoch(context.clock.now())
    , m_cname(makeCname(context.random))
    , m_sdpId(context.random.next64() >> 1)
{
    m_stream.subscribe(*this);
}

Mount::~Mount()
{
    m_stream.unsubscribe(*this);
}

sdp::Session Mount::describe(const std::string &localAddress, const Stream::Tracks &chosen)
{
    noteVersion();
    sdp::Session session;
    session.id = m_sdpId;
    session.version = m_sdpVersion;
    session.originAddress = localAddress;
    session.name = m_stream.mount();
    for (const auto &track : chosen)
        session.media.push_back(sdp::describe(*track, rtp::payloadTypeOf(*track),
                                              fmt::format("trackID={}", int(track->id))));
    return session;
}

// RFC 8866 section 5.2: the version rises when the description changes.
void Mount::noteVersion()
{
    if (!m_describedTracks.empty() && m_describedTracks != m_stream.tracks())
        ++m_sdpVersion;
    m_describedTracks = m_stream.tracks();
}

Stream::Tracks Mount::tracks() const
{
    Stream::Tracks tracks = m_stream.mainTracks();
    std::erase_if(tracks, [](const auto &track) { return !rtp::hasPayloadFormat(*track); });
    return tracks;
}

std::shared_ptr<const Track> Mount::track(TrackId id) const
{
    auto track = m_stream.track(id);
    return track && rtp::hasPayloadFormat(*track) ? track : nullptr;
}

rtp::Planner &Mount::planner(TrackId id)
{
    auto &planner = m_planners[indexOf(id)];
    const auto config = track(id);
    const bool fits = planner && config && planner->config().clockRate == config->clockRate()
        && planner->config().payloadType == rtp::payloadTypeOf(*config);
    if (config && !fits)
        planner.emplace(rtp::PlannerConfig{
            .payloadType = rtp::payloadTypeOf(*config),
            .ssrc = m_context.random.next32(),
            .firstSequence = std::uint16_t(m_context.random.next32()),
            .timestampBase = m_context.random.next32(),
            .epoch = m_epoch,
            .clockRate = config->clockRate(),
            .maximumPayload = m_packetSize,
        });
    return *planner;
}

void Mount::setPacketSize(std::size_t payloadBytes)
{
    m_packetSize = payloadBytes;
    for (auto &planner : m_planners)
        if (planner)
            planner->setMaximumPayload(payloadBytes);
}

void Mount::join(BatchSink &sink, const GroupKey &key)
{
    auto &group = m_groups[key];
    if (!group)
        group = std::make_unique<Group>(*this, key);
    if (key.hasPictures() && m_stream.canStartFromCache())
        group->fanout.joinAtCache(sink);
    else
        group->fanout.joinAtKeyframe(sink, key.hasPictures());
}

void Mount::leave(BatchSink &sink, const GroupKey &key)
{
    const auto group = m_groups.find(key);
    if (group != m_groups.end())
        group->second->fanout.leave(sink);
}

GroupKey Mount::datagramKey() const
{
    GroupKey key;
    for (const auto &track : tracks())
        key.framing[indexOf(track->id)] = GroupKey::datagrams;
    return key;
}

void Mount::sweep()
{
    m_bitrate = 8 * m_meter.sample(m_stream.counters().bytes, m_context.clock.now());
    if (m_multicast)
        m_multicast->sendReportsIfDue();
}

// Whoever is let in by a password does not send the pictures to the whole network.
Result<MulticastGroup *> Mount::multicast(const MulticastConfig &config, const net::Address &local)
{
    if (!m_config.multicast || m_config.audience != Audience::MyNetwork || local.v6)
        return failure(ErrorCode::Unsupported, "multicast");
    if (!m_multicast) {
        auto group = MulticastGroup::create(m_context, *this, config, local, m_yard);
        if (!group)
            return tl::unexpected(group.error());
        m_multicast = *std::move(group);
    }
    return m_multicast.get();
}

rtcp::SenderReport Mount::senderReport(TrackId track)
{
    const rtp::Planner &numbers = planner(track);
    const Timestamp now = m_context.clock.now();
    rtcp::SenderReport report;
    report.ssrc = numbers.config().ssrc;
    report.ntp = rtcp::toNtp(m_context.clock.toWall(now));
    report.rtpTime = numbers.rtpTime(now);
    return report;
}

void Mount::onUnit(const AccessUnitPtr &unit)
{
    if (!rtp::hasPayloadFormat(*unit->config))
        return;
    const bool startsGop = unit->track == TrackId::Video && unit->keyframe;
    if (startsGop || m_stream.cache().units().empty())
        m_plans.clear();
    m_plans.emplace(unit.get(), planner(unit->track).plan(unit));
    const net::UdpRow::Hold hold(m_yard.row);
    for (const auto &[key, group] : m_groups)
        group->fanout.push(unit);
    std::erase_if(m_groups, [](const auto &entry) { return entry.second->fanout.empty(); });
}

const rtp::PacketPlan &Mount::planOf(const AccessUnitPtr &unit)
{
    const auto found = m_plans.find(unit.get());
    if (found != m_plans.end())
        return found->second;
    // Cached before this mount existed.
    return m_plans.emplace(unit.get(), planner(unit->track).plan(unit)).first->second;
}

BatchPtr Mount::Group::packetize(const AccessUnitPtr &unit)
{
    const int framing = key.framing[indexOf(unit->track)];
    if (framing == GroupKey::notWanted || !rtp::hasPayloadFormat(*unit->config))
        return nullptr;
    const rtp::PacketPlan &plan = mount.planOf(unit);
    return framing == GroupKey::datagrams ? rtp::writeDatagrams(plan)
                                          : rtp::writeInterleaved(plan, std::uint8_t(framing));
}

void Mount::Group::delivered()
{
    mount.m_yard.row.flush();
}

} // namespace heliograph::rtsp
