#include "media/aac.h"

#include "media/bit_reader.h"

#include <algorithm>
#include <array>

namespace heliograph {

namespace {

// Table 1.17.
constexpr std::uint32_t lowComplexity = 2;
constexpr std::uint32_t spectralBandReplication = 5; // HE-AAC: an LC core follows
constexpr std::uint32_t parametricStereo = 29; // HE-AAC v2: likewise
constexpr std::uint32_t escapedType = 31;

// Table 1.18, by index.
constexpr std::array<int, 13> sampleRates = {96000, 88200, 64000, 48000, 44100, 32000, 24000,
                                             22050, 16000, 12000, 11025, 8000,  7350};
constexpr std::uint32_t writtenOut = 15; // the rate follows, 24 bits

// Table 1.19, by index; 0: described elsewhere.
constexpr std::array<int, 8> channelCounts = {0, 1, 2, 3, 4, 5, 6, 8};

std::uint32_t readType(h264::BitReader &reader)
{
    const std::uint32_t type = reader.bits(5);
    return type == escapedType ? 32 + reader.bits(6) : type;
}

// 0: a reserved index.
int readRate(h264::BitReader &reader)
{
    const std::uint32_t index = reader.bits(4);
    if (index == writtenOut)
        return int(reader.bits(24));
    return index < sampleRates.size() ? sampleRates[index] : 0;
}

} // namespace

//  type 5 [ 6 ] | rate index 4 [ rate 24 ] | channels 4 | of HE-AAC: its rate 4 [ 24 ] | type 5
Result<AacConfig> readAudioSpecificConfig(const Bytes &bytes)
{
    h264::BitReader reader(bytes);
    std::uint32_t type = readType(reader);
    AacConfig config;
    config.audioSpecificConfig = bytes;
    config.sampleRate = readRate(reader);
    const std::uint32_t channels = reader.bits(4);
    if (type == spectralBandReplication || type == parametricStereo) {
        readRate(reader); // of what the extension makes of it
        type = readType(reader);
    }
    if (reader.failed() || config.sampleRate == 0)
        return failure(ErrorCode::Malformed, "read AAC › configuration");
    if (type != lowComplexity)
        return failure(ErrorCode::Unsupported, "AAC of type " + std::to_string(type));
    if (channels == 0 || channels >= channelCounts.size())
        return failure(ErrorCode::Unsupported, "AAC channels " + std::to_string(channels));
    config.channels = channelCounts[channels];
    return config;
}

//  type 5 | rate index 4 | channels 4 | 000
std::vector<std::uint8_t> makeAudioSpecificConfig(int sampleRate, int channels)
{
    const auto rate = std::ranges::find(sampleRates, sampleRate);
    const auto count = std::ranges::find(channelCounts, channels);
    if (rate == sampleRates.end() || channels == 0 || count == channelCounts.end())
        return {};
    const auto bits = unsigned(lowComplexity << 11) | unsigned(rate - sampleRates.begin()) << 7
        | unsigned(count - channelCounts.begin()) << 3;
    return {std::uint8_t(bits >> 8), std::uint8_t(bits)};
}

} // namespace heliograph
