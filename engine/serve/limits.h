// What clients may cost a server, each alone and all together, whatever they speak.
// Thread: any (values).
#pragma once

#include "core/clock.h"
#include "engine/settings.h"
#include "stream/send_queue.h"

namespace heliograph::serve {

struct Limits {
    int viewers = 0; // of all mounts
    int viewersPerMount = 0; // 0: no limit of their own, here and in the next
    int viewersPerAddress = 0;
    int strangers = 0; // connections that do not watch yet
    int strangersPerAddress = 0;
    Timestamp strangerTime{0}; // how long a connection may go without watching
    SendQueueBounds queue;
};

SettingsSchema limitsSchema();
Limits limitsOf(const Settings &settings); // complete

// One of them, for a protocol that has more.
SettingField limitField(const char *key, const char *title, const char *help, std::int64_t fallback,
                        double minimum, double maximum, const char *unit = "");

} // namespace heliograph::serve
