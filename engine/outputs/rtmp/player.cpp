#include "outputs/rtmp/player.h"

#include "outputs/rtmp/ability.h"
#include "outputs/rtmp/connection.h"
#include "outputs/rtmp/server.h"
#include "serve/leaving.h"
#include "wire/rtmp/command.h"

#include <algorithm>

namespace heliograph::rtmp {

namespace {

constexpr Timestamp dryAfter = std::chrono::seconds(2);
constexpr Timestamp pingEvery = std::chrono::seconds(5);

WallClock::time_point toTimePoint(WallTime wall)
{
    return WallClock::time_point(std::chrono::duration_cast<WallClock::duration>(wall));
}

std::uint32_t milliseconds(Timestamp time)
{
    return std::uint32_t(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

} // namespace

Player::Player(Server &server, Connection &connection, Mount &mount, std::uint32_t messageStream,
               std::string user)
    : m_connection(connection)
    , m_server(server)
    , m_mount(mount)
    , m_messageStream(messageStream)
    , m_user(std::move(user))
    , m_id(server.context().viewerIds.next())
    , m_place(server.admission().placeForViewer(mount.stream(), connection.network()))
    , m_since(toTimePoint(server.context().clock.wallNow()))
    , m_lastSent(server.context().clock.now())
{
    m_touched = {&connection.link(), &connection.link().socket(), &m_framesSent};
}

Player::~Player()
{
    leaveMount();
}

void Player::start()
{
    m_server.context().notices.post(NoticeLevel::Information, Notice::Event::ViewerJoined,
                                    serve::whoIs(m_connection.guest()), m_mount.stream().mount());
    noteCodecs();
    m_joined = true;
    m_mount.join(*this);
}

bool Player::isSent(TrackId track) const
{
    const Way &way = m_ways[indexOf(track)];
    return way.wanted && way.able;
}

// A source that comes back may code in another way.
void Player::noteCodecs()
{
    m_codecs = m_mount.codecs();
    const Capabilities &player = m_connection.greeting()->capabilities;
    const Stream::Tracks tracks = m_mount.stream().mainTracks();
    for (const auto &track : tracks)
        m_ways[indexOf(track->id)].able = canTake(player, *track);
    if (const auto sentence = whyNotPlayable(player, tracks))
        m_connection.sendStatus(m_messageStream, "error", "NetStream.Play.Failed", *sentence);
}

void Player::leaveMount()
{
    if (!std::exchange(m_joined, false))
        return;
    m_mount.leave(*this);
    m_connection.link().discard(this);
    for (Way &way : m_ways) {
        way.follows = false;
        way.missed = true;
    }
}

void Player::pause()
{
    leaveMount();
    m_paused = true;
}

void Player::resume()
{
    if (!std::exchange(m_paused, false))
        return;
    m_joined = true;
    m_mount.join(*this);
}

void Player::want(TrackId track, bool wanted)
{
    Way &way = m_ways[indexOf(track)];
    if (wanted && !way.wanted && track == TrackId::Video)
        m_mount.stream().wantKeyframe();
    way.wanted = wanted;
    way.missed = way.missed || !wanted;
    way.follows = way.follows && wanted;
}

void Player::begin(std::span<const BatchPtr> backlog)
{
    if (!std::exchange(m_begun, true)) {
        m_zero = backlog.front()->dts;
        m_connection.link().sendControl(Bytes(
            m_mount.preface(m_messageStream, [this](TrackId track) { return isSent(track); })));
        for (const TrackId track : {TrackId::Video, TrackId::Audio})
            m_ways[indexOf(track)].missed = !isSent(track);
    }
    m_connection.link().expectBacklog(backlog);
    for (const BatchPtr &batch : backlog)
        deliver(batch);
}

void Player::deliver(const BatchPtr &batch)
{
    if (m_codecs != m_mount.codecs())
        noteCodecs();
    if (!isSent(batch->track))
        return;
    Way &way = m_ways[indexOf(batch->track)];
    // While it is behind, the queue may leave out what the next one's time counts from.
    const bool resumable = batch->keyframe || batch->track == TrackId::Audio;
    if (!way.follows || (resumable && m_connection.link().isBehind())) {
        if (resumable && batch->dts >= m_zero)
            sendOwn(way, batch);
        else if (batch->track == TrackId::Video)
            countDropped(1);
        return;
    }
    if (const std::uint32_t dropped = m_connection.link().send(batch, this)) {
        countDropped(dropped);
        way.follows = false;
        way.missed = true;
        return;
    }
    m_bytes += batch->block.size();
    m_framesSent += batch->track == TrackId::Video ? 1 : 0;
}

void Player::sendHeader(TrackId track, std::uint32_t time)
{
    auto header = m_mount.header(track, m_messageStream, time);
    if (!header.empty())
        m_connection.link().sendControl(Bytes(std::move(header)));
}

// With its own time written out: what was before does not count.
void Player::sendOwn(Way &way, const BatchPtr &batch)
{
    const std::uint32_t time = milliseconds(batch->dts - m_zero);
    // Pictures that wait may have to make room for this one.
    const bool mayMiss = batch->track == TrackId::Video && m_connection.link().isBehind();
    if (std::exchange(way.missed, false) || mayMiss)
        sendHeader(batch->track, time);
    const BatchPtr own = Mount::reopened(*batch, m_messageStream, time);
    way.follows = true;
    // Sound that waits may be left out without a word.
    if (batch->track == TrackId::Audio && m_connection.link().isBehind())
        way.follows = false;
    if (const std::uint32_t dropped = m_connection.link().send(own, this))
        countDropped(dropped);
    // Older pictures that make room for a keyframe are no reason not to follow it.
    if (batch->track == TrackId::Video && m_connection.link().awaitsKeyframe()) {
        way.follows = false;
        way.missed = true;
        return;
    }
    m_bytes += own->block.size();
    m_framesSent += batch->track == TrackId::Video ? 1 : 0;
}

void Player::countDropped(std::uint32_t pictures)
{
    m_framesDropped += pictures;
    if (m_connection.link().isBehind())
        m_takenAtDrop = m_connection.link().takenBitrate();
}

std::string Player::dropSentence() const
{
    return m_framesDropped == 0 ? std::string()
                                : serve::tooSlowSentence(m_takenAtDrop, m_mount.bitrate());
}

// Players that hear nothing ask themselves whether anybody is there.
void Player::sweep()
{
    const Timestamp now = m_server.context().clock.now();
    if (std::exchange(m_bytesBefore, m_bytes) != m_bytes) {
        m_lastSent = now;
        m_dry = false;
        return;
    }
    if (!m_begun || m_paused || m_connection.link().isBehind())
        return;
    if (!m_dry && now - m_lastSent > dryAfter) {
        m_dry = true;
        m_connection.send(UserControl{UserControl::Event::StreamDry, m_messageStream, 0});
    }
    if (now - m_lastSent > pingEvery) {
        m_lastSent = now;
        m_connection.send(UserControl{UserControl::Event::PingRequest, milliseconds(now), 0});
    }
}

ViewerSnapshot Player::describe() const
{
    ViewerSnapshot viewer;
    viewer.id = m_id;
    viewer.protocol = "RTMP";
    viewer.transport = "TCP";
    viewer.mount = m_mount.stream().mount();
    viewer.address = m_connection.peer().text();
    viewer.userAgent = m_connection.agent();
    viewer.user = m_user;
    viewer.since = m_since;
    viewer.paused = m_paused;
    viewer.bytes = m_bytes;
    viewer.framesSent = m_framesSent;
    viewer.framesDropped = m_framesDropped;
    viewer.dropReason = dropSentence();
    m_connection.link().describeInto(viewer);
    return viewer;
}

void Player::close(CloseReason reason)
{
    m_connection.endPlayer(reason);
    if (reason != CloseReason::StreamEnded)
        m_connection.link().closeSoon();
}

void Player::finish(CloseReason reason)
{
    leaveMount();
    serve::noteLeaving(m_server.context(), reason, m_connection.guest(), m_mount.stream().mount());
    if (reason == CloseReason::Left)
        return;
    m_connection.send(UserControl{UserControl::Event::StreamEof, m_messageStream, 0});
    m_connection.sendStatus(m_messageStream, "status", "NetStream.Play.UnpublishNotify",
                            serve::farewell(reason));
    m_connection.sendStatus(m_messageStream, "status", "NetStream.Play.Stop",
                            serve::farewell(reason));
}

} // namespace heliograph::rtmp
