// What an Opus packet says of itself (RFC 6716 section 3.1).
// Thread: any (pure functions on bytes). Bytes may come from outside: nothing here trusts them.
#pragma once

#include "core/bytes.h"

namespace heliograph::opus {

inline constexpr int clockRate = 48000; // of all times, whatever rate was recorded

// How long the packet's sound is, at 48000 samples per second; 0: it says nothing sensible.
int samplesOf(ByteSpan packet);

} // namespace heliograph::opus
