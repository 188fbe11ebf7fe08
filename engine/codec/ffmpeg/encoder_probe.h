// Which H.264 encoders work on this computer, found out by having each encode pictures that are
// then looked at: a driver that opens and gives garbage does not count. Each is asked once per
// process. Thread: any; who asks first waits, for up to a second where hardware has to wake up.
// Owner: nobody.
#pragma once

#include "engine/encoder.h"

#include <string_view>
#include <vector>

namespace heliograph {

// id: softwareEncoder's, or one of hardwareEncoders.
const EncoderInfo &probedEncoder(std::string_view id);

// Of a hardware encoder: whether "auto" may take it.
bool encoderWorks(std::string_view id);

// Software first, then hardware in the order of "auto".
std::vector<EncoderInfo> probedEncoders();

} // namespace heliograph
