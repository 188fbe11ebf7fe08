// The stamp that lets a player measure glass to glass: an SEI user_data_unregistered message with
// our UUID, then the capture's CLOCK_REALTIME in nanoseconds, 8 bytes big-endian.
// Thread: any (pure functions).
#pragma once

#include "core/bytes.h"
#include "core/clock.h"

#include <array>
#include <optional>
#include <vector>

namespace heliograph::latency_sei {

// 68656c69-6f67-7261-7068-6c6174656e63: "heliographlatenc" in ASCII.
inline constexpr std::array<std::uint8_t, 16> uuid = {
    0x68, 0x65, 0x6c, 0x69, 0x6f, 0x67, 0x72, 0x61, 0x70, 0x68, 0x6c, 0x61, 0x74, 0x65, 0x6e, 0x63};

std::vector<std::uint8_t> make(WallTime captured); // an SEI NAL unit
std::optional<WallTime> read(ByteSpan seiNal);

} // namespace heliograph::latency_sei
