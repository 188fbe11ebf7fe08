// What a person hears who listens to a source here: frames, and coded sound that passes.
#include "codec/ffmpeg/sound_encoder.h"
#include "sources/sound_chain.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

constexpr int rate = 48000;
constexpr int pieceLength = 960; // samples of a channel: 20 ms

AudioFrame tone(int piece, float amplitude = 0.5F)
{
    std::vector<float> samples;
    for (int i = 0; i < pieceLength; ++i) {
        const double at = double(piece * pieceLength + i) / rate;
        const auto value = amplitude * float(std::sin(2 * std::numbers::pi * 440 * at));
        samples.insert(samples.end(), {value, value});
    }
    AudioFrame frame;
    frame.pts = milliseconds(1000 + 20 * piece);
    frame.samples = Bytes::copyOf(
        {reinterpret_cast<const std::uint8_t *>(samples.data()), samples.size() * sizeof(float)});
    return frame;
}

std::size_t lengthOf(const std::vector<HeardSound> &sounds)
{
    std::size_t samples = 0;
    for (const HeardSound &sound : sounds)
        samples += sound.samples.size() / std::size_t(sound.channels);
    return samples;
}

float peakOf(const std::vector<HeardSound> &sounds)
{
    float peak = 0;
    for (const HeardSound &sound : sounds)
        for (const float sample : sound.samples)
            peak = std::max(peak, std::abs(sample));
    return peak;
}

std::vector<AccessUnitPtr> coded(int pieces)
{
    SoundEncoder encoder;
    std::vector<AccessUnitPtr> units;
    for (int i = 0; i < pieces; ++i) {
        const auto made = encoder.encode(tone(i)).value();
        units.insert(units.end(), made.begin(), made.end());
    }
    return units;
}

} // namespace

TEST(SoundListener, HearsNothingUntilItIsWanted)
{
    SoundListener listener;
    listener.offer(tone(0));
    EXPECT_TRUE(listener.take().empty());
    listener.setWanted(true);
    listener.offer(tone(1));
    EXPECT_EQ(std::size_t(pieceLength), lengthOf(listener.take()));
    listener.offer(tone(2));
    listener.setWanted(false);
    listener.offer(tone(3));
    listener.setWanted(true);
    EXPECT_TRUE(listener.take().empty()); // what was not taken is old by now
}

TEST(SoundListener, WhatPassesHasALevelWhileSomebodyListens)
{
    SoundChain chain;
    SoundListener &listener = *chain.listener();
    const auto units = coded(60);
    auto pass = [&, next = std::size_t(0)]() mutable {
        for (int i = 0; i < 15; ++i)
            listener.offer(units.at(next++));
        listener.take();
    };
    pass();
    EXPECT_FALSE(chain.level());
    listener.setWanted(true);
    EXPECT_FALSE(chain.level());
    pass();
    ASSERT_TRUE(chain.level());
    EXPECT_EQ(-90, chain.level()->peak); // nothing since
    pass();
    EXPECT_NEAR(-6, chain.level()->peak, 1);
    listener.setWanted(false);
    EXPECT_FALSE(chain.level());
}

TEST(SoundListener, WhoIsLateHearsTheNewest)
{
    SoundListener listener;
    listener.setWanted(true);
    for (int i = 0; i < 500; ++i)
        listener.offer(tone(i, float(i) / 1000));
    const auto heard = listener.take();
    EXPECT_EQ(std::size_t(rate / 2 + pieceLength), lengthOf(heard));
    EXPECT_NEAR(0.499, peakOf(heard), 0.005);
}

TEST(SoundListener, WhatPassesCodedIsDecodedForIt)
{
    const auto units = coded(40);
    ASSERT_GT(units.size(), 30u);
    SoundListener listener;
    listener.offer(units.front());
    EXPECT_TRUE(listener.take().empty());
    listener.setWanted(true);
    std::vector<HeardSound> heard;
    for (const AccessUnitPtr &unit : units) {
        listener.offer(unit);
        for (HeardSound &sound : listener.take())
            heard.push_back(std::move(sound));
    }
    ASSERT_FALSE(heard.empty());
    EXPECT_NEAR(double(units.size() * 1024), double(lengthOf(heard)), 2048);
    EXPECT_NEAR(0.5, peakOf(heard), 0.05);
    EXPECT_EQ(rate, heard.front().sampleRate);
}

TEST(SoundListener, DamageAndCodecsThatNobodyDecodesAreSilent)
{
    SoundListener listener;
    listener.setWanted(true);
    auto damaged = std::make_shared<AccessUnit>(*coded(10).front());
    damaged->units = {Bytes(std::vector<std::uint8_t>(50, 0x55))};
    listener.offer(damaged);
    auto unknown = std::make_shared<AccessUnit>(*damaged);
    unknown->config = std::make_shared<const Track>(Track{TrackId::Audio, 1, OpaqueConfig{}});
    listener.offer(unknown);
    EXPECT_EQ(0.0F, peakOf(listener.take()));
}

TEST(SoundListener, HearsTheChainAsViewersDo)
{
    SoundChain chain;
    chain.listener()->setWanted(true);
    chain.configure({.gain = -20});
    chain.take(tone(0), {}).value();
    EXPECT_NEAR(0.05, peakOf(chain.listener()->take()), 0.001);
    chain.configure({.muted = true});
    chain.take(tone(1), {}).value();
    EXPECT_EQ(0.0F, peakOf(chain.listener()->take()));
}
