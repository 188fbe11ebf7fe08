// What viewers see while a source is lost: a still picture, coded so that it can be repeated for
// ever, and silence.
// Thread: any (values). Owner: its player.
#pragma once

#include "codec/video_settings.h"
#include "engine/error.h"
#include "engine/project.h"
#include "media/access_unit.h"

#include <memory>
#include <vector>

namespace heliograph {

struct SlateOrder {
    WhileLost picture = WhileLost::Name;
    std::string name; // of the mount: written into the picture
    std::string image; // the path of one, for WhileLost::Image
    std::vector<AccessUnitPtr> last; // from a keyframe on, for WhileLost::LastPicture
    PictureSize size; // of the stream; none: it has no pictures
    bool isHevc = false; // else H.264
    EncoderConfig encoder; // the stream's own, or the usual one
    std::vector<std::shared_ptr<const Track>> sounds; // of the stream, the alternatives, too
};

// Under a track of the stream, to be repeated.
struct Silence {
    AccessUnitPtr unit;
    Timestamp length{0};
};

struct Slate {
    static constexpr Timestamp pictureStep = std::chrono::milliseconds(200);

    // A keyframe each second, with times from 0 on, to be played round and round.
    std::vector<AccessUnitPtr> pictures;
    std::vector<Silence> silences; // of each sound that one can be made for
    bool lacksImage = false; // the image that was asked for is gone or no picture
};

// Takes a few hundred milliseconds. Where the picture asked for cannot be had (the image is gone),
// it is the one with the name.
// Errors: PipelineFailed, EncoderFailed.
Result<Slate> makeSlate(const SlateOrder &order);

} // namespace heliograph
