#include "media/aac.h"

#include "engine/media/hex.h"

#include <gtest/gtest.h>

using namespace heliograph;
using test::hex;

namespace {

struct Case {
    const char *bytes;
    int rate;
    int channels;
};

void expectRead(const Case &each)
{
    const auto config = readAudioSpecificConfig(Bytes(hex(each.bytes)));
    ASSERT_TRUE(config) << each.bytes << ": " << config.error().detail;
    EXPECT_EQ(each.rate, config->sampleRate) << each.bytes;
    EXPECT_EQ(each.channels, config->channels) << each.bytes;
    EXPECT_EQ(std::string(each.bytes).size() / 2, config->audioSpecificConfig.size());
}

} // namespace

TEST(Aac, ReadsTheRateAndTheChannels)
{
    const Case cases[] = {
        {"1190", 48000, 2}, // LC
        {"1210", 44100, 2},       {"1208", 44100, 1},
        {"119056e500", 48000, 2}, // with FFmpeg's mark that there is no SBR
        {"11b8", 48000, 8},       {"1780bb8010", 96000, 2}, // written out
    };
    for (const Case &each : cases)
        expectRead(each);
}

// The rate is the core's, in which the frames are counted, and not what SBR makes of it; so are the
// channels, of which parametric stereo would make two.
TEST(Aac, A3_OfHeAacItReadsTheRateAndTheChannelsOfTheCore)
{
    for (const Case &each : std::initializer_list<Case>{
             {"2b118800", 24000, 2},
             {"2b098800", 24000, 1},
             {"2b920800", 22050, 2}, // 44100 with SBR
             {"eb098800", 24000, 1}, // HE-AAC v2
         })
        expectRead(each);
}

TEST(Aac, RefusesWhatItCannotUse)
{
    struct Case {
        const char *bytes;
        ErrorCode code;
    };
    const Case cases[] = {
        {"", ErrorCode::Malformed},         {"11", ErrorCode::Malformed},
        {"1690", ErrorCode::Malformed}, // a reserved rate
        {"0990", ErrorCode::Unsupported}, // Main
        {"1180", ErrorCode::Unsupported}, // channels described elsewhere
        {"11f8", ErrorCode::Unsupported}, // a reserved number of channels
        {"f94640", ErrorCode::Unsupported}, // an escaped type
    };
    for (const Case &each : cases) {
        const auto config = readAudioSpecificConfig(Bytes(hex(each.bytes)));
        ASSERT_FALSE(config) << each.bytes;
        EXPECT_EQ(each.code, config.error().code) << each.bytes;
    }
}

TEST(Aac, WritesTheConfigurationThatIsMissing)
{
    for (const int rate : {96000, 48000, 44100, 7350})
        for (const int channels : {1, 2, 6, 8}) {
            const auto config =
                readAudioSpecificConfig(Bytes(makeAudioSpecificConfig(rate, channels)));
            ASSERT_TRUE(config) << rate << ' ' << channels;
            EXPECT_EQ(rate, config->sampleRate);
            EXPECT_EQ(channels, config->channels);
        }
    EXPECT_EQ((std::vector<std::uint8_t>{0x11, 0x90}), makeAudioSpecificConfig(48000, 2));
    for (const auto &[rate, channels] : {std::pair(47999, 2), {48000, 0}, {48000, 7}, {48000, 9}})
        EXPECT_TRUE(makeAudioSpecificConfig(rate, channels).empty()) << rate << ' ' << channels;
}
