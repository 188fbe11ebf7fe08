#include "outputs/rtsp/session.h"

#include "outputs/rtsp/connection.h"
#include "outputs/rtsp/multicast_group.h"
#include "outputs/rtsp/server.h"
#include "serve/leaving.h"
#include "wire/rtp/rtp_packet.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

constexpr Timestamp reportInterval = std::chrono::seconds(5);

constexpr std::size_t interleavedHeader = 4; // '$', channel, length

WallClock::time_point toTimePoint(WallTime wall)
{
    return WallClock::time_point(std::chrono::duration_cast<WallClock::duration>(wall));
}

} // namespace

Session::Session(Server &server, Mount &mount, std::string id, Connection &creator,
                 std::string userAgent)
    : m_server(server)
    , m_mount(mount)
    , m_id(std::move(id))
    , m_viewerId(server.context().viewerIds.next())
    , m_userAgent(std::move(userAgent))
    , m_user(creator.user())
    , m_peer(creator.peer())
    , m_network(creator.network())
    , m_place(server.admission().placeForViewer(mount.stream(), m_network))
    , m_since(toTimePoint(server.context().clock.wallNow()))
    , m_heard(server.context().clock.now())
{
}

Session::~Session()
{
    leaveMount();
}

void Session::addTrack(TrackSetup setup, LowerTransport lower, Connection &connection)
{
    m_lower = lower;
    if (lower == LowerTransport::Tcp) {
        m_carrier = &connection;
        m_carrier->carry(*this);
    }
    if (setup.lane)
        setup.lane->setOwner(*this);
    setup.described = m_mount.track(setup.track);
    std::erase_if(m_tracks, [&](const TrackSetup &old) { return old.track == setup.track; });
    m_tracks.push_back(std::move(setup));
    for (TrackSetup &track : m_tracks)
        m_byId[indexOf(track.track)] = &track;
    m_touched = {&m_tracks.front(), nullptr, nullptr};
    if (m_carrier)
        m_touched = {&m_tracks.front(), &m_carrier->link(), &m_carrier->link().socket()};
}

GroupKey Session::groupKey() const
{
    GroupKey key;
    for (const TrackSetup &setup : m_tracks)
        key.framing[indexOf(setup.track)] =
            m_lower == LowerTransport::Tcp ? int(setup.channels.first) : GroupKey::datagrams;
    return key;
}

void Session::play(Begun begun)
{
    m_begun = std::move(begun);
    m_state = State::Starting;
    m_joined = groupKey();
    if (!m_everPlayed)
        m_server.context().notices.post(NoticeLevel::Information, Notice::Event::ViewerJoined,
                                        serve::whoIs(guest()), m_mount.stream().mount());
    m_everPlayed = true;
    countPlayer(+1);
    if (m_group)
        m_group->join(*this);
    else
        m_mount.join(*this, m_joined);
}

void Session::pause()
{
    leaveMount();
    m_state = State::Paused;
}

void Session::leaveMount()
{
    if (!isPlaying())
        return;
    countPlayer(-1);
    if (m_group)
        m_group->leave(*this);
    else
        m_mount.leave(*this, m_joined);
    if (m_carrier)
        m_carrier->discard(*this);
    for (TrackSetup &setup : m_tracks)
        if (setup.lane)
            setup.lane->clear();
    m_begun = nullptr;
    m_state = State::Ready;
}

// Of the tracks that it plays: who makes them wants to know.
void Session::countPlayer(int change)
{
    for (std::size_t i = 0; i < trackCount; ++i)
        if (m_joined.framing[i] != GroupKey::notWanted)
            m_mount.stream().config().demand->players[i] += change;
}

bool Session::isOutdated() const
{
    return std::ranges::any_of(m_tracks, [this](const TrackSetup &setup) {
        const auto now = m_mount.stream().track(setup.track);
        return now && setup.described && !canFollow(*setup.described, *now);
    });
}

void Session::touch()
{
    m_heard = m_server.context().clock.now();
}

bool Session::isExpired() const
{
    return m_server.context().clock.now() - m_heard > m_server.sessionGrace();
}

void Session::begin(std::span<const BatchPtr> backlog)
{
    m_state = State::Playing;
    if (const Begun begun = std::exchange(m_begun, nullptr))
        begun(rtpInfo(backlog));
    sendReports();
    if (m_carrier)
        m_carrier->expectBacklog(backlog);
    for (const TrackSetup &setup : m_tracks)
        if (setup.lane && backlog.size() > 1)
            setup.lane->expectBacklog();
    for (const BatchPtr &batch : backlog)
        deliver(batch);
}

void Session::beginWithGroup(std::span<const BatchPtr> backlog)
{
    m_state = State::Playing;
    m_groupBytes = m_group->bytes();
    m_groupPictures = m_group->pictures();
    if (const Begun begun = std::exchange(m_begun, nullptr))
        begun(rtpInfo(backlog));
}

// RFC 2326 section 12.33: the first packet of each track. One that is not in the backlog comes
// next in its planner.
std::vector<RtpInfo> Session::rtpInfo(std::span<const BatchPtr> backlog)
{
    std::vector<RtpInfo> entries;
    const Timestamp start = backlog.empty() ? m_server.context().clock.now() : backlog.front()->dts;
    for (const TrackSetup &setup : m_tracks) {
        const rtp::Planner &numbers = m_mount.planner(setup.track);
        RtpInfo entry{setup.url, numbers.nextSequence(), numbers.nextTimestamp(start)};
        const auto first = std::find_if(backlog.begin(), backlog.end(), [&](const BatchPtr &batch) {
            return batch->track == setup.track;
        });
        if (first != backlog.end()) {
            const std::size_t skip = m_lower == LowerTransport::Tcp ? interleavedHeader : 0;
            const auto packet = rtp::parsePacket((*first)->block.span().subspan(skip));
            entry.sequence = packet->header.sequence;
            entry.rtpTime = packet->header.timestamp;
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

void Session::deliver(const BatchPtr &batch)
{
    TrackSetup *setup = m_byId[indexOf(batch->track)];
    if (!setup || m_finished)
        return;
    if (!m_carrier) {
        deliverDatagrams(*setup, batch);
        return;
    }
    if (const std::uint32_t dropped = m_carrier->send(batch, *this))
        countDropped(dropped, DropCause::SlowConnection);
    else
        countSent(*setup, *batch);
}

void Session::deliverDatagrams(TrackSetup &setup, const BatchPtr &batch)
{
    const DatagramLane::Outcome outcome = setup.lane->send(batch);
    if (outcome == DatagramLane::Outcome::Sent)
        countSent(setup, *batch);
    else
        countUnsent(*batch, outcome);
}

void Session::countUnsent(const Batch &batch, DatagramLane::Outcome outcome)
{
    if (batch.track == TrackId::Video && outcome != DatagramLane::Outcome::Unreachable)
        countDropped(1,
                     outcome == DatagramLane::Outcome::Lost ? DropCause::NetworkFull
                                                            : DropCause::LostBefore);
}

void Session::onUnsent(const Batch &batch, DatagramLane::Outcome outcome)
{
    TrackSetup &setup = *m_byId[indexOf(batch.track)];
    setup.packets -= batch.packets;
    setup.octets -= batch.payloadBytes;
    m_bytes -= batch.block.size();
    if (batch.track == TrackId::Video)
        --m_framesSent;
    countUnsent(batch, outcome);
}

void Session::countSent(TrackSetup &setup, const Batch &batch)
{
    setup.packets += batch.packets;
    setup.octets += batch.payloadBytes;
    m_bytes += batch.block.size();
    if (batch.track == TrackId::Video)
        ++m_framesSent;
}

void Session::countDropped(std::uint32_t pictures, DropCause cause)
{
    m_framesDropped += pictures;
    m_dropCause = cause;
    // While it waits for a keyframe after that, it takes nothing at all: that would be no answer.
    if (m_carrier && m_carrier->isBehind())
        m_takenAtDrop = m_carrier->takenBitrate();
}

// What a person reads beside the number of dropped pictures.
std::string Session::dropSentence() const
{
    switch (m_dropCause) {
    case DropCause::None:
        return {};
    case DropCause::SlowConnection:
        return serve::tooSlowSentence(m_takenAtDrop, m_mount.bitrate());
    case DropCause::NetworkFull:
        return "this computer's network could not take all pictures at once";
    case DropCause::LostBefore:
        return "a picture was lost on its way out, and those after it cannot be shown without it";
    }
    return {};
}

void Session::receiveRtcp(TrackId track, ByteSpan datagram)
{
    TrackSetup *setup = m_byId[indexOf(track)];
    const auto reports = rtcp::parseCompound(datagram);
    if (!setup || !reports)
        return;
    touch();
    for (const rtcp::Report &report : *reports)
        noteReport(report, *setup);
    const bool bye = std::any_of(reports->begin(), reports->end(), [](const rtcp::Report &report) {
        return std::holds_alternative<rtcp::Bye>(report);
    });
    if (bye)
        m_server.endSession(*this, CloseReason::Left);
}

void Session::noteReport(const rtcp::Report &report, TrackSetup &setup)
{
    const rtp::PlannerConfig &numbers = m_mount.planner(setup.track).config();
    if (const auto *asked = std::get_if<rtcp::KeyframeRequest>(&report);
        asked && asked->mediaSsrc == numbers.ssrc)
        m_mount.stream().wantKeyframe();
    const auto *received = std::get_if<rtcp::ReceiverReport>(&report);
    if (!received)
        return;
    for (const rtcp::ReportBlock &block : received->blocks)
        if (block.ssrc == numbers.ssrc)
            setup.stats.note(block, numbers.clockRate, m_server.context().clock.wallNow());
}

void Session::sendReportsIfDue()
{
    if (m_state == State::Playing && !m_group
        && m_server.context().clock.now() - m_reported >= reportInterval)
        sendReports();
}

void Session::sendReports()
{
    m_reported = m_server.context().clock.now();
    for (TrackSetup &setup : m_tracks) {
        rtcp::SenderReport report = m_mount.senderReport(setup.track);
        report.packets = setup.packets;
        report.octets = setup.octets;
        sendRtcp(setup, rtcp::writeSenderReport(report, m_mount.cname()));
    }
}

void Session::sendBye(const char *reason)
{
    for (TrackSetup &setup : m_tracks) {
        rtcp::SenderReport report = m_mount.senderReport(setup.track);
        report.packets = setup.packets;
        report.octets = setup.octets;
        sendRtcp(setup, rtcp::writeBye(report, m_mount.cname(), reason));
    }
}

void Session::sendRtcp(TrackSetup &setup, const std::vector<std::uint8_t> &compound)
{
    if (m_carrier)
        m_carrier->sendInterleaved(setup.channels.second, compound);
    else if (setup.lane)
        setup.lane->sendRtcp(compound);
}

ViewerSnapshot Session::describe() const
{
    ViewerSnapshot viewer;
    viewer.id = m_viewerId;
    viewer.protocol = "RTSP";
    viewer.transport = m_group ? "Multicast" : m_carrier ? "TCP" : "UDP";
    viewer.mount = m_mount.stream().mount();
    viewer.address = m_peer.text();
    viewer.userAgent = m_userAgent;
    viewer.user = m_user;
    viewer.since = m_since;
    viewer.paused = m_state == State::Paused;
    viewer.bytes = m_bytes;
    viewer.framesSent = m_framesSent;
    viewer.framesDropped = m_framesDropped;
    viewer.dropReason = dropSentence();
    if (m_group && isPlaying()) {
        viewer.bytes = m_group->bytes() - m_groupBytes;
        viewer.framesSent = m_group->pictures() - m_groupPictures;
    }
    if (!m_tracks.empty()) {
        const ReceiverStats &stats = m_tracks.front().stats;
        viewer.lossPercent = stats.lossPercent();
        viewer.jitterMs = stats.jitterMs();
        viewer.rttMs = stats.rttMs();
    }
    if (m_carrier)
        m_carrier->describeInto(viewer);
    return viewer;
}

void Session::close(CloseReason reason)
{
    m_server.endSession(*this, reason);
}

void Session::finish(CloseReason reason)
{
    if (std::exchange(m_finished, true))
        return;
    m_place.reset();
    leaveMount();
    // A viewer that says TEARDOWN expects silence afterwards.
    if (m_everPlayed && reason != CloseReason::Left)
        sendBye(serve::farewell(reason));
    if (m_everPlayed)
        serve::noteLeaving(m_server.context(), reason, guest(), mountName());
    m_touched = {};
    if (Connection *carrier = std::exchange(m_carrier, nullptr))
        carrier->release(*this);
}

Guest Session::guest() const
{
    return {"RTSP", m_peer.text(), m_userAgent};
}

} // namespace heliograph::rtsp
