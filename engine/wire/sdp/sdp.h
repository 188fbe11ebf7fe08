// Session descriptions (RFC 8866) in the subset that RTSP uses: written by the server, read by
// clients, tests and the RTSP camera source.
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::sdp {

struct Media {
    std::string kind; // "video", "audio"
    int payloadType = 96;
    std::string encoding; // "H264", "mpeg4-generic"
    int clockRate = 90000;
    int channels = 0; // 0: not said (video)
    std::string format; // the fmtp parameters, without the payload type
    int bandwidthKbit = 0; // b=AS; 0: not said
    double framerate = 0; // 0: not said
    std::string control; // "trackID=0", or an absolute URL
    bool operator==(const Media &) const = default;

    // The value of one fmtp parameter ("sprop-parameter-sets"); names are case-insensitive.
    std::optional<std::string> parameter(std::string_view name) const;
};

struct Session {
    std::uint64_t id = 0;
    std::uint64_t version = 0;
    std::string originAddress = "127.0.0.1"; // IPv4, or IPv6 without brackets
    std::string name = "Heliograph"; // CR, LF and NUL are left out when written
    std::string control = "*";
    std::vector<Media> media;
    bool operator==(const Session &) const = default;
};

// Lines in the order v o s c t a m, CRLF (section 5). c= carries the unspecified address of the
// origin's family, as RTSP unicast wants it (RFC 2326 appendix C.1.7).
std::string write(const Session &session);

// Tolerates LF, unknown lines, missing o= and s=. At most 64 KiB and 32 media sections.
// Errors: Malformed, TooLarge.
Result<Session> parse(std::string_view text);

} // namespace heliograph::sdp
