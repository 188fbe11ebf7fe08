// Where an RTMP source has its items from: a publisher that comes to us, or a server that it pulls
// from.
// Thread: the source's, all members. Owner: its ItemSource.
#pragma once

#include "engine/error.h"
#include "stream/ingest.h"

namespace heliograph {

class ItemSupply {
public:
    virtual ~ItemSupply() = default; // lets go of the publisher or the server
    virtual Result<> begin() = 0;
    // The next item; nothing: none came within the time, or a stop was asked for.
    // Errors: it is over for good.
    virtual Result<std::optional<PublishedItem>> take(std::chrono::milliseconds patience,
                                                      const std::stop_token &stop) = 0;
};

} // namespace heliograph
