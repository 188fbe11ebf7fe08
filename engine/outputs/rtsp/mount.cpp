#include "outputs/rtsp/mount.h"

#include "wire/sdp/track_media.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

constexpr std::uint8_t firstPayloadType = 96; // the dynamic range of RFC 3551

// What a player's socket takes at once where the system's own size of its buffer holds (Linux:
// 212992 with everything around the packets). A longer GOP would be lost in part.
constexpr std::size_t mostDatagramBytes = 128 * 1024;

std::string makeCname(Random &random)
{
    return fmt::format("{:016x}@heliograph", random.next64());
}

} // namespace

Mount::Mount(const EngineContext &context, Stream &stream, Audience audience)
    : m_context(context)
    , m_stream(stream)
    , m_audience(audience)
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

sdp::Session Mount::describe(const std::string &localAddress)
{
    noteVersion();
    sdp::Session session;
    session.id = m_sdpId;
    session.version = m_sdpVersion;
    session.originAddress = localAddress;
    session.name = m_stream.mount();
    for (const auto &track : m_stream.tracks())
        session.media.push_back(sdp::describe(*track, firstPayloadType + int(track->id),
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

std::shared_ptr<const Track> Mount::track(TrackId id) const
{
    const auto &tracks = m_stream.tracks();
    const auto found = std::find_if(tracks.begin(), tracks.end(),
                                    [id](const auto &track) { return track->id == id; });
    return found == tracks.end() ? nullptr : *found;
}

rtp::Planner &Mount::planner(TrackId id)
{
    auto &planner = m_planners[indexOf(id)];
    const auto config = track(id);
    if (!planner || planner->config().clockRate != config->clockRate())
        planner.emplace(rtp::PlannerConfig{
            .payloadType = std::uint8_t(firstPayloadType + int(id)),
            .ssrc = m_context.random.next32(),
            .firstSequence = std::uint16_t(m_context.random.next32()),
            .timestampBase = m_context.random.next32(),
            .epoch = m_epoch,
            .clockRate = config->clockRate(),
        });
    return *planner;
}

void Mount::join(BatchSink &sink, const GroupKey &key)
{
    auto &group = m_groups[key];
    if (!group)
        group = std::make_unique<Group>(*this, key);
    const std::size_t most = key.isDatagrams() ? mostDatagramBytes : SIZE_MAX;
    if (key.hasPictures() && m_stream.canStartFromCache(most))
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

rtcp::SenderReport Mount::senderReport(TrackId track)
{
    const rtp::Planner &numbers = planner(track);
    rtcp::SenderReport report;
    report.ssrc = numbers.config().ssrc;
    report.ntp = rtcp::toNtp(m_context.clock.wallNow());
    report.rtpTime = numbers.rtpTime(m_context.clock.now());
    return report;
}

void Mount::onUnit(const AccessUnitPtr &unit)
{
    const bool startsGop = unit->track == TrackId::Video && unit->keyframe;
    if (startsGop || m_stream.cache().units().empty())
        m_plans.clear();
    m_plans.emplace(unit.get(), planner(unit->track).plan(unit));
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
    if (framing == GroupKey::notWanted)
        return nullptr;
    const rtp::PacketPlan &plan = mount.planOf(unit);
    return framing == GroupKey::datagrams ? rtp::writeDatagrams(plan)
                                          : rtp::writeInterleaved(plan, std::uint8_t(framing));
}

} // namespace heliograph::rtsp
