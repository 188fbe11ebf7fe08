// RTSP by its names and ports.
#pragma once

#include "serve/protocol.h"

namespace heliograph::rtsp {

inline constexpr serve::Protocols protocols = {{"RTSP", "rtsp", 8554}, {"RTSPS", "rtsps", 8322}};

} // namespace heliograph::rtsp
