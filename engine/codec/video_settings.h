// The settings of the picture and its H.264 encoder, shared by every source that we encode.
// Thread: any (values).
#pragma once

#include "engine/settings.h"

namespace heliograph {

struct EncoderConfig {
    PictureSize largest{1280, 720}; // pictures are made to fit inside, never enlarged
    double fps = 30; // at most; slower sources keep their rate
    int bitrate = 2'500'000; // bit/s
    double gopSeconds = 2; // between keyframes that nobody asked for
    std::string encoder = "auto"; // or an id of codec/encoder_kinds.h
    std::string preset = "veryfast"; // x264's name
    std::string profile = "high";
    bool latencySei = false; // stamp each picture with its capture time

    bool operator==(const EncoderConfig &) const = default;
};

// Keys: size, fps, bitrate, gop, encoder, preset, profile, latency_sei.
SettingsSchema videoSchema();
EncoderConfig encoderConfig(const Settings &complete);

} // namespace heliograph
