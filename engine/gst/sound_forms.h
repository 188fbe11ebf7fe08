// What a microphone offers.
// Thread: any (pure functions on caps).
#pragma once

#include "gst/handle.h"

#include <vector>

namespace heliograph::gst {

// Of raw sound, largest first; ranges become what is usual inside. Samples per second.
std::vector<int> sampleRatesOf(const GstCaps *caps);
std::vector<int> channelsOf(const GstCaps *caps);

} // namespace heliograph::gst
