// An H.265 parameter set, with its NAL unit header or without.
#include "fuzz/require.h"
#include "fuzz/targets.h"
#include "media/hevc.h"

namespace heliograph::fuzz {

namespace {

void check(ByteSpan nal)
{
    if (const auto id = hevc::parameterSetId(nal))
        require(*id >= 0 && *id <= 63, "an id in range");
    const auto info = hevc::parseSps(nal);
    if (!info)
        return;
    require(info->width > 0 && info->width <= 16384, "a width in range");
    require(info->height > 0 && info->height <= 16384, "a height in range");
    require(info->lumaDepth >= 8 && info->lumaDepth <= 16, "a depth in range");
    require(info->temporalLayers >= 1 && info->temporalLayers <= 8, "layers in range");
    require(!hevc::profileName(*info).empty(), "a profile with a name");
}

} // namespace

int runHevcSps(ByteSpan input)
{
    check(input);
    std::vector<std::uint8_t> nal = {0x42, 0x01};
    nal.insert(nal.end(), input.begin(), input.end());
    check(nal);
    return 0;
}

} // namespace heliograph::fuzz
