#include "codec/ffmpeg/sound_encoder.h"
#include "media/opus.h"

#include <algorithm>
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

TEST(SoundEncoder, A2_FramesFollowEachOtherBy1024Samples)
{
    SoundEncoder encoder;
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

TEST(SoundEncoder, AGapInTheCaptureIsKept)
{
    SoundEncoder encoder;
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

TEST(SoundEncoder, O1_OpusFramesLast20Milliseconds)
{
    SoundEncoder encoder(SoundCoding::Opus, 96'000);
    std::vector<AccessUnitPtr> all;
    for (int i = 0; i < 50; ++i) {
        const AudioFrame frame = tone(1024, milliseconds(1000) + durationOf(1024 * i, 48000));
        ASSERT_TRUE(SoundEncoder::canEncode(SoundCoding::Opus, frame));
        const auto units = encoder.encode(frame);
        ASSERT_TRUE(units);
        all.insert(all.end(), units->begin(), units->end());
    }
    EXPECT_EQ(all.size(), std::size_t(50 * 1024 / 960));
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(all[i]->track, TrackId::Opus);
        EXPECT_EQ(opus::samplesOf(all[i]->units.front()), 960);
    }
    for (std::size_t i = 1; i < all.size(); ++i)
        EXPECT_NEAR(0.02, std::chrono::duration<double>(all[i]->pts - all[i - 1]->pts).count(),
                    1e-6);
    const auto &config = std::get<OpaqueConfig>(all[0]->config->config);
    EXPECT_EQ(config.codec, OpaqueCodec::Opus);
    EXPECT_EQ(config.channels, 2);
    EXPECT_EQ(config.bitrate, 96'000);
    EXPECT_EQ("OpusHead", std::string(reinterpret_cast<const char *>(config.header.data()), 8));
}

TEST(SoundEncoder, BehindAGapItBeginsAnewAsTheSameTrack)
{
    for (const SoundCoding coding : {SoundCoding::Aac, SoundCoding::Opus}) {
        SoundEncoder fresh(coding);
        SoundEncoder used(coding);
        std::vector<AccessUnitPtr> before;
        for (int i = 0; i < 20; ++i)
            before = used.encode(tone(1024, durationOf(1024 * i, 48000))).value();
        const AudioFrame late = tone(4096, std::chrono::seconds(60));
        const auto expected = fresh.encode(late).value();
        const auto behind = used.encode(late).value();
        ASSERT_FALSE(before.empty());
        ASSERT_FALSE(behind.empty());
        EXPECT_EQ(before.back()->config, behind.front()->config);
        EXPECT_EQ(expected.front()->pts, behind.front()->pts);
        ASSERT_EQ(expected.front()->size(), behind.front()->size());
        EXPECT_TRUE(std::ranges::equal(expected.front()->units.front().span(),
                                       behind.front()->units.front().span()));
    }
}

TEST(SoundEncoder, OneChannelOfOpusTakesNoMoreThanItCan)
{
    SoundEncoder encoder(SoundCoding::Opus, 320'000);
    const auto units = encoder.encode(tone(960, {}, 1));
    ASSERT_TRUE(units) << units.error().detail;
    ASSERT_FALSE(units->empty());
    EXPECT_EQ(256'000, std::get<OpaqueConfig>(units->front()->config->config).bitrate);
}

TEST(SoundEncoder, OpusIsNotMadeOfWhatItDoesNotKnow)
{
    AudioFrame odd = tone(960, {});
    odd.sampleRate = 44100;
    EXPECT_FALSE(SoundEncoder::canEncode(SoundCoding::Opus, odd));
    EXPECT_TRUE(SoundEncoder::canEncode(SoundCoding::Aac, odd));
}
