// The output that the system prefers: headphones, loudspeakers.
// Thread: the listening one. Owner: as SoundOutput.
#pragma once

#include "listening/sound_output.h"

namespace heliograph::ui {

tl::expected<std::unique_ptr<SoundOutput>, QString> openSystemOutput(const SoundShape &shape);

} // namespace heliograph::ui
