// A sequence parameter set, with its NAL unit header or without.
#include "fuzz/require.h"
#include "fuzz/targets.h"
#include "media/h264.h"

namespace heliograph::fuzz {

namespace {

void check(ByteSpan nal)
{
    const auto info = h264::parseSps(nal);
    if (!info)
        return;
    require(info->width > 0 && info->width <= 16384, "a width in range");
    require(info->height > 0 && info->height <= 16384, "a height in range");
    require(!h264::profileName(*info).empty(), "a profile with a name");
}

} // namespace

int runH264Sps(ByteSpan input)
{
    check(input);
    std::vector<std::uint8_t> nal = {0x67};
    nal.insert(nal.end(), input.begin(), input.end());
    check(nal);
    return 0;
}

} // namespace heliograph::fuzz
