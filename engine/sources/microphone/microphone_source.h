// Microphones and other inputs of sound, and what the computer plays: PipeWire, PulseAudio, ALSA.
#pragma once

#include "sources/source.h"

namespace heliograph {

SourceType microphoneSource();

} // namespace heliograph
