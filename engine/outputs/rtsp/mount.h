// One published stream as RTSP serves it: its numbering, its description, and the groups of
// viewers that get identical bytes.
// Thread: the loop. Owner: the server.
#pragma once

#include "core/rate_meter.h"
#include "net/endpoint.h"
#include "stream/fanout.h"
#include "stream/output.h"
#include "stream/stream.h"
#include "wire/rtp/planner.h"
#include "wire/rtp/rtcp.h"
#include "wire/sdp/sdp.h"

#include <array>
#include <compare>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

namespace heliograph::rtsp {

constexpr std::size_t indexOf(TrackId track)
{
    return std::size_t(track);
}

// Which viewers share bytes: those with the same tracks over datagrams, or on the same channels.
struct GroupKey {
    static constexpr int notWanted = -1;
    static constexpr int datagrams = 256; // otherwise the interleaved channel, 0 to 254

    std::array<int, trackCount> framing = {notWanted, notWanted, notWanted, notWanted};
    auto operator<=>(const GroupKey &) const = default;
    bool hasPictures() const { return framing[indexOf(TrackId::Video)] != notWanted; }
};

class MulticastGroup;
struct MulticastConfig;
struct DatagramYard;

class Mount final : public StreamListener {
public:
    Mount(const EngineContext &context, Stream &stream, PublishConfig config, int number,
          DatagramYard &yard);
    ~Mount() override;

    int number() const { return m_number; } // no other mount has it
    Stream &stream() { return m_stream; }
    const Stream &stream() const { return m_stream; }
    Audience audience() const { return m_config.audience; }
    const std::vector<User> &users() const { return m_config.users; } // where it needs a password

    // localAddress: the server's, as this client sees it. chosen: some of the stream's.
    sdp::Session describe(const std::string &localAddress, const Stream::Tracks &chosen);

    void setPacketSize(std::size_t payloadBytes); // from the next picture on

    // Those of the stream that RTP has a form for; the others are left out. Alternatives are not
    // for everybody.
    Stream::Tracks tracks() const;
    std::shared_ptr<const Track>
    track(TrackId id) const; // null: it is not there; also alternatives
    // The numbering of one of them; it stays when the source loses the track.
    rtp::Planner &planner(TrackId track);

    void join(BatchSink &sink, const GroupKey &key);
    void leave(BatchSink &sink, const GroupKey &key);

    // Without the viewer's packet and octet counts. RFC 3550 section 6.4.1.
    rtcp::SenderReport senderReport(TrackId track);
    const std::string &cname() const { return m_cname; }

    // To be called a few times a second.
    void sweep();
    double bitrate() const { return m_bitrate; } // bit/s of the coded stream

    // The group that sends this mount to everybody who listens; made on demand.
    // Errors: Unsupported (the mount does not offer it), AddressUnavailable, PortInUse.
    Result<MulticastGroup *> multicast(const MulticastConfig &config, const net::Address &local);
    // For those who are sent every track in datagrams.
    GroupKey datagramKey() const;

    void onUnit(const AccessUnitPtr &unit) override;

private:
    struct Group final : Packetizer {
        Group(Mount &owner, const GroupKey &wanted)
            : mount(owner)
            , key(wanted)
            , fanout(*this, owner.m_stream.cache())
        {
        }
        BatchPtr packetize(const AccessUnitPtr &unit) override;
        void delivered() override;

        Mount &mount;
        GroupKey key;
        Fanout fanout;
    };

    const rtp::PacketPlan &planOf(const AccessUnitPtr &unit);
    void noteVersion();

    const EngineContext &m_context;
    Stream &m_stream;
    const PublishConfig m_config;
    const int m_number;
    DatagramYard &m_yard;
    const Timestamp m_epoch;
    const std::string m_cname;
    const std::uint64_t m_sdpId;
    std::uint64_t m_sdpVersion = 1;
    std::size_t m_packetSize = 1400;
    RateMeter m_meter;
    double m_bitrate = 0;
    Stream::Tracks m_describedTracks;
    std::array<std::optional<rtp::Planner>, trackCount> m_planners;
    // The newest unit's plan, and those of the cached GOP: a group that begins in the middle of
    // it must number the packets as the others did.
    std::unordered_map<const AccessUnit *, rtp::PacketPlan> m_plans;
    std::map<GroupKey, std::unique_ptr<Group>> m_groups;
    std::unique_ptr<MulticastGroup> m_multicast; // last: it leaves its group
};

} // namespace heliograph::rtsp
