#include "sources/pattern/flash_and_beep.h"

#include <cstring>
#include <gtest/gtest.h>

using namespace heliograph;
using namespace std::chrono_literals;

namespace {

VideoFrame pictureAt(Timestamp pts)
{
    VideoFrame frame;
    frame.format = {2, 2, PixelFormat::I420};
    frame.pts = pts;
    frame.planes[0] = Bytes({16, 16, 16, 16});
    return frame;
}

bool isWhite(const VideoFrame &frame)
{
    return frame.planes[0][0] == 235 && frame.planes[0][3] == 235;
}

// Mono, 1000 Hz: a sample is a millisecond.
AudioFrame soundAt(Timestamp pts, std::size_t samples)
{
    const std::vector<float> loud(samples, 0.5F);
    AudioFrame frame;
    frame.pts = pts;
    frame.sampleRate = 1000;
    frame.channels = 1;
    frame.samples = Bytes::copyOf(
        {reinterpret_cast<const std::uint8_t *>(loud.data()), samples * sizeof(float)});
    return frame;
}

std::vector<std::size_t> loudIn(const AudioFrame &frame)
{
    std::vector<std::size_t> loud;
    for (std::size_t i = 0; i < frame.samples.size() / sizeof(float); ++i) {
        float sample = 0;
        std::memcpy(&sample, frame.samples.data() + i * sizeof sample, sizeof sample);
        if (sample > 0)
            loud.push_back(i);
    }
    return loud;
}

} // namespace

TEST(FlashAndBeep, BeginTogetherAtEverySecondSinceTheFirstPicture)
{
    FlashAndBeep flash;
    EXPECT_TRUE(loudIn(flash.apply(soundAt(4s, 200))).empty()); // no picture yet
    EXPECT_TRUE(isWhite(flash.apply(pictureAt(5s + 250ms))));
    EXPECT_TRUE(isWhite(flash.apply(pictureAt(5s + 349ms))));
    EXPECT_FALSE(isWhite(flash.apply(pictureAt(5s + 350ms))));
    EXPECT_FALSE(isWhite(flash.apply(pictureAt(6s + 249ms))));
    EXPECT_TRUE(isWhite(flash.apply(pictureAt(6s + 250ms))));
    const auto loud = loudIn(flash.apply(soundAt(6s + 150ms, 300)));
    ASSERT_EQ(100u, loud.size());
    EXPECT_EQ(100u, loud.front());
    EXPECT_EQ(199u, loud.back());
}
