// The first talk with a camera, before any stream is asked for: DESCRIBE, with the password where
// it wants one. It is a connection of its own, because rtspsrc tells neither what it was answered
// nor why.
// Thread: the runner's (it blocks). Owner: -
#pragma once

#include "sources/rtsp/camera_address.h"
#include "sources/rtsp/camera_login.h"
#include "sources/rtsp/doctor.h"
#include "wire/sdp/sdp.h"

#include <stop_token>

namespace heliograph {

struct CameraOffer {
    sdp::Session session;
    std::string url; // where redirections led to
};

// Errors: LoginRefused, StreamUnknown, HostUnknown, HostUnreachable, ConnectionRefused,
// ConnectionLost, Timeout, PipelineFailed (another answer), Malformed (its description), Cancelled.
Result<CameraOffer> shakeHands(const CameraAddress &address, CameraLogin &login, Doctor &doctor,
                               const std::stop_token &stop);

} // namespace heliograph
