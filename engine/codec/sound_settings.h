// The settings of sound that we encode, shared by every source that has some.
// Thread: any (values).
#pragma once

#include "engine/settings.h"

namespace heliograph {

struct SoundConfig {
    double gain = 0; // dB
    bool muted = false;
    int bitrate = 128'000; // bit/s

    bool operator==(const SoundConfig &) const = default;
};

// Of which sound they speak: all of it, or what is not passed on as it came.
enum class SoundPart { All, Encoded };

// Keys: gain, mute, sound_bitrate.
SettingsSchema soundSchema(SoundPart part);
SoundConfig soundConfig(const Settings &complete);

} // namespace heliograph
