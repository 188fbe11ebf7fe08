// One viewer's RTSP session (RFC 2326 section 3.4): its tracks and transports, its state, and the
// way of its packets. It outlives its connection when it receives over UDP.
// Thread: the loop. Owner: the server.
#pragma once

#include "core/live_count.h"
#include "net/endpoint.h"
#include "outputs/rtsp/datagram_lane.h"
#include "outputs/rtsp/mount.h"
#include "outputs/rtsp/receiver_stats.h"
#include "serve/admission.h"
#include "stream/viewer.h"
#include "wire/rtsp/session_header.h"
#include "wire/rtsp/transport.h"

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace heliograph::rtsp {

class Connection;
class MulticastGroup;
class Server;

struct TrackSetup {
    TrackId track = TrackId::Video;
    ChannelPair channels; // over TCP
    std::uint32_t packets = 0; // sent, for sender reports
    std::uint32_t octets = 0;
    std::unique_ptr<DatagramLane> lane; // over UDP
    std::string url; // as the client asked for it: named in RTP-Info
    std::shared_ptr<const Track> described; // as it was coded then
    ReceiverStats stats;
};

enum class DropCause { None, SlowConnection, NetworkFull, LostBefore };

class Session final : public Viewer,
                      public BatchSink,
                      public DatagramLane::Owner,
                      LiveCount<Session> {
public:
    using LiveCount<Session>::living;
    enum class State { Ready, Starting, Playing, Paused };
    // Tells the PLAY request where the first packets are.
    using Begun = std::function<void(const std::vector<RtpInfo> &)>;

    Session(Server &server, Mount &mount, std::string id, Connection &creator,
            std::string userAgent);
    ~Session() override;

    const std::string &id() const { return m_id; }
    // Who set it up; empty where nobody is asked.
    const std::string &user() const { return m_user; }
    Mount &mount() { return m_mount; }
    const std::string &mountName() const { return m_mount.stream().mount(); }
    State state() const { return m_state; }
    bool isPlaying() const { return m_state == State::Starting || m_state == State::Playing; }
    const net::Endpoint &peer() const { return m_peer; }
    const std::string &network() const { return m_network; }

    // Over multicast: the group that gets the packets; it has been set up.
    void joinGroup(MulticastGroup &group) { m_group = &group; }
    bool isMulticast() const { return m_group != nullptr; }
    // The group's packets begin: PLAY can be answered.
    void beginWithGroup(std::span<const BatchPtr> backlog);

    // Over TCP: the connection that carries the packets; null over UDP.
    Connection *carrier() const { return m_carrier; }
    LowerTransport lower() const { return m_lower; }
    const std::vector<TrackSetup> &tracks() const { return m_tracks; }
    void addTrack(TrackSetup setup, LowerTransport lower, Connection &connection);

    // begun is called once, right before the first packet leaves: at once, or with the next
    // keyframe.
    void play(Begun begun);
    // The answer to PLAY has gone out already: nobody waits for begun any more.
    void stopWaiting() { m_begun = nullptr; }
    void pause();

    // Something was heard from the viewer, or its connection took bytes.
    void touch();
    bool isExpired() const;
    // A track is coded in another way by now than it was told: it cannot be decoded any more.
    bool isOutdated() const;

    // A compound that arrived for a track. Tells the server when the viewer says BYE.
    void receiveRtcp(TrackId track, ByteSpan datagram);
    void sendReportsIfDue();

    // Viewer
    ViewerSnapshot describe() const override;
    void close(CloseReason reason) override;

    // BatchSink
    void begin(std::span<const BatchPtr> backlog) override;
    void deliver(const BatchPtr &batch) override;

    // DatagramLane::Owner
    void onUnsent(const Batch &batch, DatagramLane::Outcome outcome) override;

    // How it ends; the server calls it once, then forgets the session.
    void finish(CloseReason reason);
    Guest guest() const;

private:
    GroupKey groupKey() const;
    std::vector<RtpInfo> rtpInfo(std::span<const BatchPtr> backlog);
    void deliverDatagrams(TrackSetup &setup, const BatchPtr &batch);
    std::string dropSentence() const;
    void countSent(TrackSetup &setup, const Batch &batch);
    void countUnsent(const Batch &batch, DatagramLane::Outcome outcome);
    void countDropped(std::uint32_t pictures, DropCause cause);
    void sendReports();
    void sendBye(const char *reason);
    void sendRtcp(TrackSetup &setup, const std::vector<std::uint8_t> &compound);
    void noteReport(const rtcp::Report &report, TrackSetup &setup);
    void leaveMount();
    void countPlayer(int change);

    // What a picture on its way touches, side by side.
    Connection *m_carrier = nullptr;
    std::array<TrackSetup *, trackCount> m_byId{}; // into m_tracks
    std::uint64_t m_bytes = 0;
    std::uint64_t m_framesSent = 0;
    bool m_finished = false;

    Server &m_server;
    Mount &m_mount;
    const std::string m_id;
    const ViewerId m_viewerId;
    const std::string m_userAgent;
    const std::string m_user;
    const net::Endpoint m_peer;
    const std::string m_network; // of the peer, for limits and bans
    serve::Admission::Place m_place; // until it is finished
    const WallClock::time_point m_since;
    State m_state = State::Ready;
    LowerTransport m_lower = LowerTransport::Udp;
    std::vector<TrackSetup> m_tracks;
    GroupKey m_joined;
    Begun m_begun;
    bool m_everPlayed = false;
    Timestamp m_heard;
    Timestamp m_reported{0};
    std::uint64_t m_framesDropped = 0;
    DropCause m_dropCause = DropCause::None; // the last one
    double m_takenAtDrop = 0; // bit/s
    MulticastGroup *m_group = nullptr;
    std::uint64_t m_groupBytes = 0; // what the group had sent when this viewer came
    std::uint64_t m_groupPictures = 0;
};

} // namespace heliograph::rtsp
