// The way of one track's datagrams to one address, a viewer's or a multicast group's: pictures
// leave whole or not at all, and big ones over several heartbeats of the pacer.
// Thread: the loop. Owner: a session's track, or a multicast group.
#pragma once

#include "media/batch.h"
#include "net/udp_row.h"
#include "outputs/rtsp/datagram_yard.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace heliograph::rtsp {

class DatagramLane final : public Pacer::Paced, public net::UdpRow::Sender {
public:
    enum class Outcome {
        Sent, // or on its way
        Lost, // the kernel had no room: nothing more leaves before the next keyframe
        Awaiting, // left out: a picture before it was lost
        Unreachable, // nobody listens there (any more)
    };

    class Owner {
    public:
        // What send() took did not leave after all.
        virtual void onUnsent(const Batch &batch, Outcome outcome) = 0;

    protected:
        ~Owner() = default;
    };

    DatagramLane(net::UdpPair &ports, const net::UdpTarget &rtp, const net::UdpTarget &rtcp,
                 DatagramYard &yard)
        : m_ports(ports)
        , m_rtp(rtp)
        , m_rtcp(rtcp)
        , m_yard(yard)
    {
    }
    ~DatagramLane() override { clear(); }

    DatagramLane(const DatagramLane &) = delete;
    DatagramLane &operator=(const DatagramLane &) = delete;

    Outcome send(const BatchPtr &batch);
    // What a joiner gets at once, out of the cache: small pictures, too, wait for their turn.
    void expectBacklog() { m_backlog = true; }
    void setOwner(Owner &owner) { m_owner = &owner; }
    void sendRtcp(ByteSpan compound) { m_ports.sendRtcp(compound, m_rtcp); }

    // Forgets what waits, and the lost picture.
    void clear();

    const net::UdpPair &ports() const { return m_ports; }
    const net::Endpoint &rtcpPeer() const { return m_rtcp.endpoint; }

    // Pacer::Paced
    bool sendSome() override;

    // net::UdpRow::Sender
    void onUnsent(net::Sent why) override;

private:
    struct Waiting {
        BatchPtr batch;
        std::size_t nextRun = 0;
        std::int64_t pace = 0; // bytes a beat
    };

    Outcome note(net::Sent sent, const Batch &batch);
    bool isPaced(const Batch &batch) const;
    void gather(const Batch &batch);
    Outcome wait(const BatchPtr &batch);
    net::Sent sendWhatIsDue();
    void loseWaiting();

    net::UdpPair &m_ports;
    const net::UdpTarget m_rtp;
    const net::UdpTarget m_rtcp;
    bool m_awaitKeyframe = false;
    bool m_backlog = false; // the next picture is its first
    DatagramYard &m_yard;
    Owner *m_owner = nullptr;
    const Batch *m_gathered = nullptr; // in the row
    std::vector<Waiting> m_waiting; // its memory stays: the steady state never allocates
    std::size_t m_first = 0; // of m_waiting
    std::int64_t m_credit = 0; // bytes that may leave now
    std::optional<Timestamp> m_lastDts; // of the picture before
};

} // namespace heliograph::rtsp
