// The Transport header (RFC 2326 section 12.39).
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::rtsp {

enum class LowerTransport { Udp, Tcp };

struct PortPair {
    std::uint16_t first = 0; // RTP
    std::uint16_t second = 0; // RTCP
    bool operator==(const PortPair &) const = default;
};

struct ChannelPair {
    std::uint8_t first = 0;
    std::uint8_t second = 1;
    bool operator==(const ChannelPair &) const = default;
};

struct Transport {
    std::string profile = "RTP/AVP"; // "RTP/AVP", "RTP/SAVP", "RAW/RAW", … in upper case
    LowerTransport lower = LowerTransport::Udp;
    bool multicast = false; // unicast when neither is said: what players mean
    std::optional<PortPair> clientPort; // a single value n means n and n + 1
    std::optional<PortPair> serverPort;
    std::optional<PortPair> port; // of a multicast group
    std::optional<std::uint8_t> ttl; // of multicast datagrams
    std::optional<ChannelPair> interleaved;
    std::optional<std::uint32_t> ssrc; // 8 hex digits
    std::string source; // address
    std::string destination; // address; never obeyed
    std::string mode; // upper case, without quotes; empty when not said
    bool operator==(const Transport &) const = default;
};

// The comma list in the client's order of preference. Parameters in any order; unknown ones are
// skipped; a spec whose parameters are malformed is left out. At most 16 specs.
// Errors: Malformed (no usable spec at all).
Result<std::vector<Transport>> parseTransports(std::string_view header);

std::string writeTransport(const Transport &transport);

} // namespace heliograph::rtsp
