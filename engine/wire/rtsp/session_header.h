// The Session (section 12.37) and RTP-Info (section 12.33) headers of RFC 2326.
// Thread: any (pure functions).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::rtsp {

struct SessionHeader {
    std::string id;
    int timeout = 60; // seconds
    bool operator==(const SessionHeader &) const = default;
};

// "ab12;timeout=60" with or without the parameter; unknown parameters are skipped.
SessionHeader parseSession(std::string_view value);
std::string writeSession(const SessionHeader &session);

struct RtpInfo {
    std::string url;
    std::uint16_t sequence = 0;
    std::uint32_t rtpTime = 0;
    bool operator==(const RtpInfo &) const = default;
};

std::string writeRtpInfo(const std::vector<RtpInfo> &entries);
// Malformed entries are left out; at most 32 are read.
std::vector<RtpInfo> parseRtpInfo(std::string_view value);

} // namespace heliograph::rtsp
