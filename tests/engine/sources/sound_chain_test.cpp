#include "sources/sound_chain.h"

#include <gtest/gtest.h>

using namespace heliograph;

namespace {

AudioFrame soundOf(float amplitude, Timestamp pts = std::chrono::seconds(1))
{
    const std::vector<float> samples(2 * 960, amplitude);
    AudioFrame frame;
    frame.pts = pts;
    frame.samples = Bytes::copyOf(
        {reinterpret_cast<const std::uint8_t *>(samples.data()), samples.size() * sizeof(float)});
    return frame;
}

} // namespace

TEST(SoundChain, TheMeterShowsTheLoudestSinceItWasLookedAt)
{
    SoundChain chain;
    EXPECT_FALSE(chain.level());
    chain.take(soundOf(0.1F), false).value();
    chain.take(soundOf(-0.5F), false).value();
    chain.take(soundOf(0.2F), false).value();
    EXPECT_NEAR(-6.02, chain.level()->peak, 0.01);
    EXPECT_EQ(-90, chain.level()->peak); // nothing came since
}

TEST(SoundChain, TheVolumeAndMuteAreForEverybody)
{
    SoundChain chain;
    chain.configure({.gain = -20});
    chain.take(soundOf(1), false).value();
    EXPECT_NEAR(-20, chain.level()->peak, 0.01);
    chain.configure({.gain = 20});
    chain.take(soundOf(0.5F), false).value();
    EXPECT_NEAR(0, chain.level()->peak, 0.01); // cut off
    chain.configure({.muted = true});
    chain.take(soundOf(1), false).value();
    EXPECT_EQ(-90, chain.level()->peak);
}

TEST(SoundChain, IsCodedOnlyWhileSomebodyWantsIt)
{
    SoundChain chain;
    std::size_t coded = 0;
    Timestamp pts = std::chrono::seconds(1);
    for (int i = 0; i < 20; ++i, pts += std::chrono::milliseconds(20))
        coded += chain.take(soundOf(0.1F, pts), false)->size();
    EXPECT_EQ(0u, coded);
    for (int i = 0; i < 50; ++i, pts += std::chrono::milliseconds(20))
        coded += chain.take(soundOf(0.1F, pts), true)->size();
    EXPECT_NEAR(46, double(coded), 2); // of 1024 samples each, in a second
}

TEST(SoundChain, AnotherBitrateIsAnotherTrack)
{
    SoundChain chain;
    Timestamp pts = std::chrono::seconds(1);
    const auto bitrate = [&] {
        for (;;) {
            pts += std::chrono::milliseconds(20);
            if (const auto units = chain.take(soundOf(0.1F, pts), true).value(); !units.empty())
                return std::get<AacConfig>(units.front()->config->config).bitrate;
        }
    };
    EXPECT_EQ(128'000, bitrate());
    chain.configure({.bitrate = 64'000});
    EXPECT_EQ(64'000, bitrate());
}
