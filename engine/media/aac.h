// What an AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1) says of the sound.
// Thread: any (pure functions on bytes). Bytes may come from outside: nothing here trusts them.
#pragma once

#include "engine/error.h"
#include "media/track.h"

namespace heliograph {

// AAC-LC, also as the core of HE-AAC: then the rate is the core's, in which each frame has 1024
// samples. The bytes are shared, not copied.
// Errors: Malformed; Unsupported (another kind of AAC, or channels that it does not count).
Result<AacConfig> readAudioSpecificConfig(const Bytes &bytes);

// That of AAC-LC, for streams that come without one. Empty: a rate or a number of channels that has
// no index.
std::vector<std::uint8_t> makeAudioSpecificConfig(int sampleRate, int channels);

} // namespace heliograph
