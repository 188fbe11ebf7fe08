// One mount sent to a multicast group: the packets of all tracks, once, for everybody who has
// joined the group. Its viewers keep their RTSP sessions; packets flow while one of them plays.
// Thread: the loop. Owner: the mount.
#pragma once

#include "core/clock.h"
#include "net/udp_pair.h"
#include "outputs/rtsp/datagram_lane.h"
#include "outputs/rtsp/mount.h"
#include "stream/output.h"
#include "wire/rtsp/transport.h"

#include <array>
#include <memory>
#include <vector>

namespace heliograph::rtsp {

class Session;

struct MulticastConfig {
    net::Address group; // IPv4, 224.0.0.0/4
    std::uint16_t port = 5004; // of the first track's RTP; RTCP and the other tracks follow
    std::uint8_t ttl = 1;
    net::Address interface; // unspecified: where the viewer came in
};

class MulticastGroup final : public BatchSink, public DatagramLane::Owner {
public:
    // local: our address as the first viewer reached it. Errors: AddressUnavailable, PortInUse.
    static Result<std::unique_ptr<MulticastGroup>>
    create(const EngineContext &context, Mount &mount, const MulticastConfig &config,
           const net::Address &local, DatagramYard &yard);
    ~MulticastGroup() override;

    // What SETUP says of a track.
    void describe(TrackId track, Transport &reply) const;

    void join(Session &viewer);
    void leave(Session &viewer);
    void sendReportsIfDue();

    // Sent since the beginning, to all together.
    std::uint64_t bytes() const { return m_bytes; }
    std::uint64_t pictures() const { return m_pictures; }

    // BatchSink
    void begin(std::span<const BatchPtr> backlog) override;
    void deliver(const BatchPtr &batch) override;

    // DatagramLane::Owner
    void onUnsent(const Batch &batch, DatagramLane::Outcome outcome) override;

private:
    struct Lane {
        std::unique_ptr<net::UdpPair> ports;
        std::unique_ptr<DatagramLane> lane;
        std::uint32_t packets = 0;
        std::uint32_t octets = 0;
    };

    MulticastGroup(const EngineContext &context, Mount &mount, const MulticastConfig &config)
        : m_context(context)
        , m_mount(mount)
        , m_config(config)
    {
    }
    Result<> open(TrackId track, const net::Address &local, DatagramYard &yard);
    PortPair portsOf(TrackId track) const;
    rtcp::SenderReport reportOf(TrackId track);
    void sendReports();
    void sendBye();

    const EngineContext &m_context;
    Mount &m_mount;
    const MulticastConfig m_config;
    GroupKey m_joined;
    std::array<Lane, trackCount> m_lanes;
    std::vector<Session *> m_viewers; // that play
    std::vector<Session *> m_waiting; // for the first packet
    bool m_flowing = false; // begin() has been called
    Timestamp m_reported{0};
    std::uint64_t m_bytes = 0;
    std::uint64_t m_pictures = 0;
};

} // namespace heliograph::rtsp
