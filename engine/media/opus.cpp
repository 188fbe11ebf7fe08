#include "media/opus.h"

namespace heliograph::opus {

namespace {

constexpr int longest = 5760; // 120 ms

// Table 2: by the configuration in the upper five bits.
int frameSamples(int configuration)
{
    constexpr int silk[] = {480, 960, 1920, 2880}; // 10, 20, 40, 60 ms
    constexpr int celt[] = {120, 240, 480, 960}; // 2.5, 5, 10, 20 ms
    if (configuration < 12)
        return silk[configuration % 4];
    if (configuration < 16)
        return silk[configuration % 2]; // hybrid: 10, 20 ms
    return celt[configuration % 4];
}

} // namespace

//  configuration 5 | stereo 1 | count 2: one, two, two of other sizes, see the next byte
int samplesOf(ByteSpan packet)
{
    if (packet.empty())
        return 0;
    const int code = packet[0] & 3;
    if (code == 3 && packet.size() < 2)
        return 0;
    const int frames = code == 0 ? 1 : code == 3 ? packet[1] & 0x3f : 2;
    const int samples = frames * frameSamples(packet[0] >> 3);
    return samples > longest ? 0 : samples;
}

} // namespace heliograph::opus
