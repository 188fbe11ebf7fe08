// What a program that embeds the engine is told as it happens, and may refuse.
//
// Thread: the engine's loops (more than one with StudioOptions::loops): answer at once, and guard
// what several of them touch. Owner: StudioOptions; copied when the studio is created.
#pragma once

#include "engine/settings.h"

#include <functional>
#include <optional>
#include <string>

namespace heliograph {

// A player or an encoder at the other end of a connection.
struct Guest {
    std::string protocol; // "RTSP", "RTMP"
    std::string address; // "192.168.1.20:51234"
    std::string agent; // as it says; empty before it has said so
};

// Nothing: it may. Else the sentence that it is refused with.
using Refusal = std::optional<std::string>;

struct Hooks { // any may be empty
    std::function<Refusal(const Guest &)> connection; // before anything it says is looked at
    std::function<Refusal(const Guest &, const std::string &mount)> play;
    // It knows the stream key of the source that has this mount, or will have it once it is
    // published; nothing else keeps it from sending.
    std::function<Refusal(const Guest &, const std::string &mount)> publish;
    // It watched or published, and does so no more. The mount: the one that was told when it began.
    std::function<void(const Guest &, const std::string &mount)> leave;

    // Of published streams.
    std::function<void(const std::string &mount)> firstFrame; // since it was published
    std::function<void(const std::string &mount, PictureSize)> metadata; // known, or another now
    std::function<void(const std::string &mount)> keyframe;
};

} // namespace heliograph
