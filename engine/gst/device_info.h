// What is told of a device of GStreamer's.
// Thread: any (pure functions).
#pragma once

#include "engine/device.h"
#include "gst/handle.h"

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace heliograph::gst {

// The first of these properties that says something; empty: none does.
std::string propertyOf(GstDevice *device, std::initializer_list<const char *> keys);

DeviceInfo infoOf(GstDevice *device);

// A loudspeaker itself, not yet what it plays: its own element would play.
bool isSink(GstDevice *device);

using PresentDevices = std::vector<std::shared_ptr<GstDevice>>;
// In their order, without what cannot be read, and without what is there a second time:
// PipeWire's PulseAudio side lists PipeWire's microphones and loudspeakers once more.
PresentDevices readable(const PresentDevices &present);

} // namespace heliograph::gst
