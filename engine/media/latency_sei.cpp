#include "media/latency_sei.h"

#include "media/h264.h"

namespace heliograph::latency_sei {

std::vector<std::uint8_t> make(WallTime captured)
{
    const auto nanoseconds = std::uint64_t(captured.count());
    std::array<std::uint8_t, 8> stamp{};
    for (std::size_t i = 0; i < stamp.size(); ++i)
        stamp[i] = std::uint8_t(nanoseconds >> (56 - 8 * i));
    return h264::userDataSei(uuid, stamp);
}

std::optional<WallTime> read(ByteSpan seiNal)
{
    const std::vector<std::uint8_t> stamp = h264::findUserData(seiNal, uuid);
    if (stamp.size() != 8)
        return std::nullopt;
    std::uint64_t nanoseconds = 0;
    for (const std::uint8_t byte : stamp)
        nanoseconds = (nanoseconds << 8) | byte;
    return WallTime(std::int64_t(nanoseconds));
}

} // namespace heliograph::latency_sei
