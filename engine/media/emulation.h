// Emulation prevention (ITU-T H.264 section 7.4.1): inside a NAL unit a byte 3 follows every two
// zeros that would otherwise look like the beginning of a start code.
//
//   payload   00 00 00 | 00 00 01 | 00 00 02 | 00 00 03
//   NAL unit  00 00 03 00 | 00 00 03 01 | 00 00 03 02 | 00 00 03 03
//
// Thread: any (pure functions on bytes).
#pragma once

#include "core/bytes.h"

#include <cstdint>
#include <vector>

namespace heliograph::h264 {

std::vector<std::uint8_t> withEmulation(ByteSpan payload);
std::vector<std::uint8_t> withoutEmulation(ByteSpan escaped);

} // namespace heliograph::h264
