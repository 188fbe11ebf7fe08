// How each encoder of libavcodec is set up: no delay, no B-frames, keyframes when we ask for them,
// parameter sets with every one. Include in .cpp files only.
// Thread: any (constants). Owner: nobody.
#pragma once

#include "codec/video_settings.h"
#include "media/frames.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heliograph::ffmpeg {

enum class HardwareAccess {
    None, // pictures in memory, and the encoder opens what it needs
    Device, // pictures in memory, and we open the device for the encoder
    Frames, // the device, and pictures are moved into its memory
};

using EncoderOptions = std::vector<std::pair<const char *, std::string>>;

struct EncoderRecipe {
    std::string_view id;
    const char *codec; // libavcodec's name of it
    PixelFormat pixels; // what it is given
    HardwareAccess access;
    bool changesLive; // libavcodec compares the rates with what runs, and changes it
    int (*longestGop)(const EncoderConfig &); // in pictures
    EncoderOptions (*options)(const EncoderConfig &);
};

// One after the other: the first that opens is taken.
std::vector<const EncoderRecipe *> findRecipes(std::string_view id);

} // namespace heliograph::ffmpeg
