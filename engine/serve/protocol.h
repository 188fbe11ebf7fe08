// What a protocol is called where it is listened to, linked to and spoken of.
// Thread: any (values).
#pragma once

#include <cstdint>

namespace heliograph::serve {

struct Protocol {
    const char *name; // "RTSPS": of sentences and notices
    const char *scheme; // "rtsps": of URLs
    std::uint16_t port; // unless the settings say another
};

// One protocol, as it is and over TLS.
struct Protocols {
    Protocol plain;
    Protocol secure;
};

} // namespace heliograph::serve
