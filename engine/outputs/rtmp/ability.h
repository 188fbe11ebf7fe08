// Whether a player can take what a mount has (Enhanced RTMP v2): one that knows nothing of FourCCs
// breaks at the first.
// Thread: any (pure functions).
#pragma once

#include "stream/stream.h"
#include "wire/rtmp/capabilities.h"

#include <optional>
#include <string>

namespace heliograph::rtmp {

bool canTake(const Capabilities &player, const Track &track);

// Why the player gets nothing of this, in a sentence. Nothing: it can play it; sound that it cannot
// take is left out where there are pictures.
std::optional<std::string> whyNotPlayable(const Capabilities &player, const Stream::Tracks &tracks);

} // namespace heliograph::rtmp
