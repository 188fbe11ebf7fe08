#include "sources/sound_chain.h"

#include <gtest/gtest.h>
#include <map>

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
    chain.take(soundOf(0.1F), {}).value();
    chain.take(soundOf(-0.5F), {}).value();
    chain.take(soundOf(0.2F), {}).value();
    EXPECT_NEAR(-6.02, chain.level()->peak, 0.01);
    EXPECT_EQ(-90, chain.level()->peak); // nothing came since
}

TEST(SoundChain, TheVolumeAndMuteAreForEverybody)
{
    SoundChain chain;
    chain.configure({.gain = -20});
    chain.take(soundOf(1), {}).value();
    EXPECT_NEAR(-20, chain.level()->peak, 0.01);
    chain.configure({.gain = 20});
    chain.take(soundOf(0.5F), {}).value();
    EXPECT_NEAR(0, chain.level()->peak, 0.01); // cut off
    chain.configure({.muted = true});
    chain.take(soundOf(1), {}).value();
    EXPECT_EQ(-90, chain.level()->peak);
}

TEST(SoundChain, IsCodedOnlyWhileSomebodyWantsIt)
{
    SoundChain chain;
    std::size_t coded = 0;
    Timestamp pts = std::chrono::seconds(1);
    for (int i = 0; i < 20; ++i, pts += std::chrono::milliseconds(20))
        coded += chain.take(soundOf(0.1F, pts), {})->size();
    EXPECT_EQ(0u, coded);
    for (int i = 0; i < 50; ++i, pts += std::chrono::milliseconds(20))
        coded += chain.take(soundOf(0.1F, pts), {.aac = true})->size();
    EXPECT_NEAR(46, double(coded), 2); // of 1024 samples each, in a second
}

TEST(SoundChain, OneCaptureGivesAacAndOpusToEachWhoWantsThem)
{
    SoundChain chain;
    Timestamp pts = std::chrono::seconds(1);
    const auto count = [&](const SoundWish &wish) {
        std::map<TrackId, int> units;
        for (int i = 0; i < 50; ++i, pts += std::chrono::milliseconds(20)) {
            const auto coded = chain.take(soundOf(0.1F, pts), wish).value();
            for (const AccessUnitPtr &unit : coded)
                ++units[unit->track];
        }
        return units;
    };
    auto units = count({.aac = true, .opus = true});
    EXPECT_NEAR(46, units[TrackId::Audio], 2);
    EXPECT_NEAR(49, units[TrackId::Opus], 2);
    units = count({.opus = true});
    EXPECT_EQ(0, units[TrackId::Audio]);
    EXPECT_NEAR(50, units[TrackId::Opus], 2);
}

TEST(SoundChain, AnotherBitrateIsAnotherTrack)
{
    SoundChain chain;
    Timestamp pts = std::chrono::seconds(1);
    const auto bitrate = [&] {
        for (;;) {
            pts += std::chrono::milliseconds(20);
            if (const auto units = chain.take(soundOf(0.1F, pts), {.aac = true}).value();
                !units.empty())
                return std::get<AacConfig>(units.front()->config->config).bitrate;
        }
    };
    EXPECT_EQ(128'000, bitrate());
    chain.configure({.bitrate = 64'000});
    EXPECT_EQ(64'000, bitrate());
}
