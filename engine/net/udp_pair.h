// Two UDP sockets on neighbouring ports: RTP on the even one, RTCP on the odd one after it
// (RFC 3550 section 11). One pair serves all viewers that came in over the same local address.
// Thread: the loop. Owner: the output.
#pragma once

#include "core/bytes.h"
#include "core/datagram_run.h"
#include "engine/error.h"
#include "net/endpoint.h"

#include <array>
#include <functional>
#include <memory>
#include <span>

namespace heliograph::net {

class Loop;

enum class Sent {
    All,
    Blocked, // the kernel's buffer is full: at least one datagram is lost
    Unreachable, // the kernel says that nobody can be there
};

enum class Cutting {
    Kernel, // a run is one message that the kernel cuts (GSO)
    Ours, // a message a datagram
};

// A peer in the system's own form, made once so that sending costs no conversion.
struct UdpTarget {
    UdpTarget() = default;
    explicit UdpTarget(const Endpoint &endpoint);

    Endpoint endpoint;
    alignas(8) std::array<std::uint8_t, 28> sockaddr{}; // sockaddr_in or sockaddr_in6
    std::uint32_t length = 0; // of it
};

class UdpPair {
public:
    using Received = std::function<void(ByteSpan datagram, const Endpoint &from)>;

    // Binds the first free pair of the dynamic port range. rtcp gets what arrives on the odd
    // port; what arrives on the even one (players punch holes) is thrown away.
    // Errors: PortInUse (none free), AddressUnavailable.
    static Result<std::unique_ptr<UdpPair>> bind(Loop &loop, const Address &address, Received rtcp);
    ~UdpPair();

    // For sending to a group (IPv4): through the interface that has this address.
    // Errors: AddressUnavailable.
    Result<> prepareMulticast(const Address &interface, std::uint8_t ttl);

    std::uint16_t rtpPort() const { return m_rtpPort; }
    std::uint16_t rtcpPort() const { return std::uint16_t(m_rtpPort + 1); }

    // One system call for all datagrams where the kernel can cut them (GSO).
    Sent sendRtp(ByteSpan block, std::span<const DatagramRun> runs, const UdpTarget &to);
    Sent sendRtcp(ByteSpan datagram, const UdpTarget &to);

    // For UdpRow, in which the packets of many viewers leave together.
    int rtpSocket() const;
    Cutting cutting() const;

private:
    struct Impl;
    UdpPair(std::shared_ptr<Impl> impl, std::uint16_t rtpPort);

    std::shared_ptr<Impl> m_impl;
    std::uint16_t m_rtpPort;
};

} // namespace heliograph::net
