// What becomes of a camera's tracks, by its session description: H.264, H.265 and AAC pass, what
// GStreamer can decode is encoded anew, one track of each kind. G.711 does both.
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"
#include "media/track.h"
#include "wire/sdp/sdp.h"

#include <optional>
#include <string>
#include <vector>

namespace heliograph {

struct CameraTrack {
    TrackId id = TrackId::Video;
    std::string name; // "H.264 video"
    bool passes = false; // else decoded
    bool isHevc = false; // of pictures that pass
    std::optional<AacConfig> aac; // of AAC that passes
    std::optional<OpaqueConfig> g711; // comes coded, is decoded by the reader, and may pass as well
    std::string launch; // from "camera." to the appsink
};

// reencode: pictures are decoded whatever they are.
// Errors: Unsupported (it offers neither pictures nor sound).
Result<std::vector<CameraTrack>> planCamera(const sdp::Session &session, bool reencode);

// Without the camera's address, which errors must not quote.
// The element that takes what the camera sends of a track.
const char *entranceName(TrackId id);

std::string launchLine(const std::vector<CameraTrack> &tracks);

} // namespace heliograph
