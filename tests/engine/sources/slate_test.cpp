// The still that viewers see while a source is lost, decoded again.
#include "codec/ffmpeg/last_picture.h"
#include "media/aac.h"
#include "media/frames.h"
#include "studio/slate.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace heliograph;

namespace {

SlateOrder orderOf(const std::string &name)
{
    SlateOrder order;
    order.name = name;
    order.size = {320, 180};
    return order;
}

// Of the brightness of its pixels.
std::pair<int, int> rangeOf(const VideoFrame &picture)
{
    int least = 255;
    int most = 0;
    for (int y = 0; y < picture.format.height; ++y) {
        const auto row = picture.planes[0].span().subspan(
            std::size_t(y) * std::size_t(picture.strides[0]), std::size_t(picture.format.width));
        least = std::min(least, int(std::ranges::min(row)));
        most = std::max(most, int(std::ranges::max(row)));
    }
    return {least, most};
}

} // namespace

TEST(Slate, IsAPictureWithTheNameThatCanBeRepeated)
{
    const auto slate = makeSlate(orderOf("a <b> & c"));
    ASSERT_TRUE(slate) << slate.error().detail;
    ASSERT_EQ(10u, slate->pictures.size());
    for (std::size_t i = 0; i < slate->pictures.size(); ++i) {
        EXPECT_EQ(i % 5 == 0, slate->pictures[i]->keyframe) << i;
        EXPECT_FALSE(slate->pictures[i]->config->encodedHere);
        EXPECT_EQ(slate->pictures[0]->config, slate->pictures[i]->config);
    }
    const auto seen = lastPictureOf(slate->pictures);
    ASSERT_TRUE(seen);
    EXPECT_EQ(320, seen->format.width);
    EXPECT_EQ(180, seen->format.height);
    const auto [ground, letters] = rangeOf(*seen);
    EXPECT_LT(ground, 60);
    EXPECT_GT(letters, 180); // something is written there, also where the name is no markup
    EXPECT_TRUE(slate->silences.empty());
}

TEST(Slate, OfAStreamOfH265IsOneToo)
{
    SlateOrder order = orderOf("cam");
    order.isHevc = true;
    const auto slate = makeSlate(order);
    ASSERT_TRUE(slate) << slate.error().detail;
    ASSERT_EQ(10u, slate->pictures.size());
    for (std::size_t i = 0; i < slate->pictures.size(); ++i) {
        const AccessUnit &unit = *slate->pictures[i];
        EXPECT_EQ(i % 5 == 0, unit.keyframe) << i;
        EXPECT_EQ(int(i) * Slate::pictureStep, unit.pts);
        EXPECT_EQ(slate->pictures[0]->config, unit.config);
        EXPECT_FALSE(unit.config->encodedHere);
    }
    EXPECT_EQ(320, slate->pictures[0]->config->width());
    EXPECT_EQ(180, slate->pictures[0]->config->height());
    const auto seen = lastPictureOf(slate->pictures);
    ASSERT_TRUE(seen);
    EXPECT_GT(rangeOf(*seen).second, 180);
}

TEST(Slate, AnImageThatIsGoneGivesWayToTheName)
{
    SlateOrder order = orderOf("cam");
    order.picture = WhileLost::Image;
    order.image = "/nowhere/soon.png";
    const auto slate = makeSlate(order);
    ASSERT_TRUE(slate) << slate.error().detail;
    EXPECT_TRUE(slate->lacksImage);
    EXPECT_GT(rangeOf(*lastPictureOf(slate->pictures)).second, 180);
}

TEST(Slate, TheLastPictureIsTheLastOne)
{
    const auto before = makeSlate(orderOf("before"));
    ASSERT_TRUE(before);
    SlateOrder order = orderOf("after");
    order.picture = WhileLost::LastPicture;
    order.last = before->pictures;
    const auto slate = makeSlate(order);
    ASSERT_TRUE(slate) << slate.error().detail;
    const auto wanted = lastPictureOf(before->pictures);
    const auto seen = lastPictureOf(slate->pictures);
    int apart = 0;
    for (int x = 0; x < 320; ++x)
        for (int y = 60; y < 120; ++y) {
            const auto at = [&](const VideoFrame &picture) {
                return int(picture.planes[0][std::size_t(y * picture.strides[0] + x)]);
            };
            apart = std::max(apart, std::abs(at(*wanted) - at(*seen)));
        }
    EXPECT_LT(apart, 60); // another name differs by the whole of its letters
}

TEST(Slate, SilenceOfEachSoundIsUnderItsOwnTrack)
{
    const auto trackOf = [](TrackId id, auto config) {
        return std::make_shared<const Track>(Track{id, 1, std::move(config)});
    };
    const auto opaque = [](OpaqueCodec codec, int rate, int channels) {
        return OpaqueConfig{.codec = codec, .sampleRate = rate, .channels = channels};
    };
    const auto asc = makeAudioSpecificConfig(48000, 2);
    SlateOrder order;
    order.sounds = {trackOf(TrackId::Audio, *readAudioSpecificConfig(Bytes::copyOf(asc))),
                    trackOf(TrackId::Opus, opaque(OpaqueCodec::Opus, 48000, 2)),
                    trackOf(TrackId::Original, opaque(OpaqueCodec::Pcma, 8000, 1))};
    const auto slate = makeSlate(order);
    ASSERT_TRUE(slate) << slate.error().detail;
    EXPECT_TRUE(slate->pictures.empty());
    ASSERT_EQ(3u, slate->silences.size());
    for (std::size_t i = 0; i < 3; ++i) {
        const Silence &silence = slate->silences[i];
        EXPECT_EQ(order.sounds[i], silence.unit->config);
        EXPECT_EQ(order.sounds[i]->id, silence.unit->track);
        EXPECT_GT(silence.unit->size(), 0u);
    }
    EXPECT_EQ(durationOf(1024, 48000), slate->silences[0].length);
    EXPECT_EQ(std::chrono::milliseconds(20), slate->silences[1].length);
    EXPECT_EQ(std::chrono::milliseconds(20), slate->silences[2].length);
}

TEST(Slate, SoundThatSaysNothingSensibleHasNoSilence)
{
    SlateOrder order;
    for (const auto codec : {OpaqueCodec::Opus, OpaqueCodec::Pcmu, OpaqueCodec::Flac})
        order.sounds.push_back(std::make_shared<const Track>(
            Track{TrackId::Audio, 1, OpaqueConfig{.codec = codec, .sampleRate = 1}}));
    const auto slate = makeSlate(order);
    ASSERT_TRUE(slate) << slate.error().detail;
    EXPECT_TRUE(slate->silences.empty());
}
