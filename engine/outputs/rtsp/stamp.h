// What every reply carries beside its own headers.
// Thread: any.
#pragma once

#include "core/clock.h"
#include "wire/rtsp/message.h"

#include <string_view>

namespace heliograph::rtsp {

// CSeq (unless it is empty), Server and Date, before the response's own.
void stamp(Response &response, std::string_view cseq, WallTime now);

} // namespace heliograph::rtsp
