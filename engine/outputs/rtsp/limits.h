// What clients may cost, each alone and all together.
// Thread: any (values).
#pragma once

#include "core/clock.h"
#include "engine/settings.h"
#include "stream/send_queue.h"
#include "wire/rtsp/reader.h"

namespace heliograph::rtsp {

struct Limits {
    int viewers = 0; // of all mounts
    int viewersPerMount = 0; // 0: no limit of their own, here and in the next
    int viewersPerAddress = 0;
    int strangers = 0; // connections that have no session yet
    int strangersPerAddress = 0;
    Timestamp requestTime{0}; // from a request's first byte to its last
    Timestamp strangerTime{0}; // how long a connection may go without a session
    ReaderLimits reader;
    SendQueueBounds queue;
};

SettingsSchema limitsSchema();
Limits limitsOf(const Settings &settings); // complete

} // namespace heliograph::rtsp
