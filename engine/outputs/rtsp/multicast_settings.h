// The settings of multicast: what they may be, and the group that each stream gets by them.
// Thread: any.
#pragma once

#include "engine/settings.h"
#include "outputs/rtsp/multicast_group.h"

namespace heliograph::rtsp {

SettingsSchema multicastSchema();
// Errors: InvalidArgument.
Result<> checkMulticast(const Settings &settings);
// number: of the group, from 0; each has an address of its own.
MulticastConfig multicastConfigOf(const Settings &settings, int number);

} // namespace heliograph::rtsp
