// The device node behind a camera or a microphone, to ask who holds it.
// Thread: any.
#pragma once

#include "gst/device_list.h"

#include <string>
#include <string_view>

namespace heliograph::gst {

// "/dev/video0", "/dev/snd/pcmC1D0c"; empty: none that is known, as of what sound servers share.
std::string nodeOf(const Device &device);

// That of an ALSA name of numbers, "hw:1,0"; empty: of another one.
std::string captureNode(std::string_view alsaName);

} // namespace heliograph::gst
