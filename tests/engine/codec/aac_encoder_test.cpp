#include "codec/ffmpeg/aac_encoder.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

AudioFrame tone(int samples, Timestamp pts, int channels = 2)
{
    std::vector<std::uint8_t> bytes(std::size_t(samples * channels) * sizeof(float));
    auto *values = reinterpret_cast<float *>(bytes.data());
    for (int i = 0; i < samples * channels; ++i)
        values[i] = 0.3f * std::sin(float(i) * 0.05f);
    return {pts, 48000, channels, Bytes(std::move(bytes))};
}

} // namespace

TEST(AacEncoder, A2_FramesFollowEachOtherBy1024Samples)
{
    AacEncoder encoder;
    std::vector<AccessUnitPtr> all;
    for (int i = 0; i < 50; ++i) {
        const auto units = encoder.encode(tone(960, milliseconds(1000 + 20 * i)));
        ASSERT_TRUE(units);
        all.insert(all.end(), units->begin(), units->end());
    }
    ASSERT_GE(all.size(), 44u);
    for (std::size_t i = 1; i < all.size(); ++i)
        EXPECT_NEAR(1024.0 / 48000,
                    std::chrono::duration<double>(all[i]->pts - all[i - 1]->pts).count(), 1e-6);
    const auto &config = std::get<AacConfig>(all[0]->config->config);
    ASSERT_EQ(5u, config.audioSpecificConfig.size()); // LC, 48 kHz, stereo, and FFmpeg's SBR mark
    EXPECT_EQ(0x11, config.audioSpecificConfig[0]);
    EXPECT_EQ(0x90, config.audioSpecificConfig[1]);
}

TEST(AacEncoder, AGapInTheCaptureIsKept)
{
    AacEncoder encoder;
    std::vector<AccessUnitPtr> all;
    for (int i = 0; i < 20; ++i) {
        const int gap = i >= 10 ? 5000 : 0;
        const auto units = encoder.encode(tone(960, milliseconds(20 * i + gap)));
        ASSERT_TRUE(units);
        all.insert(all.end(), units->begin(), units->end());
    }
    EXPECT_NEAR(5.38, std::chrono::duration<double>(all.back()->pts - all.front()->pts).count(),
                0.1);
}
