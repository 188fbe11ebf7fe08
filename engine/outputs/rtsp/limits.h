// What clients of RTSP may cost, beside what holds for every protocol.
// Thread: any (values).
#pragma once

#include "serve/limits.h"
#include "wire/rtsp/reader.h"

namespace heliograph::rtsp {

struct Limits : serve::Limits {
    Timestamp requestTime{0}; // from a request's first byte to its last
    ReaderLimits reader;
};

SettingsSchema limitsSchema();
Limits limitsOf(const Settings &settings); // complete

} // namespace heliograph::rtsp
