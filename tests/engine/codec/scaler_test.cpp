#include "codec/ffmpeg/scaler.h"

#include "pictures.h"

#include <gtest/gtest.h>

using namespace heliograph;

TEST(FitInside, KeepsTheShapeAndNeverEnlarges)
{
    EXPECT_EQ((PictureSize{1280, 720}), fitInside({1920, 1080}, {1280, 720}));
    EXPECT_EQ((PictureSize{960, 720}), fitInside({1600, 1200}, {1280, 720}));
    EXPECT_EQ((PictureSize{320, 240}), fitInside({320, 240}, {1280, 720}));
    EXPECT_EQ((PictureSize{406, 720}), fitInside({1080, 1920}, {1280, 720}));
    EXPECT_EQ((PictureSize{16, 16}), fitInside({2, 2}, {1280, 720}));
}

TEST(Scaler, AnI420PictureOfTheSizeIsPassedOnWithoutACopy)
{
    Scaler scaler(ScaleQuality::Sharp);
    const auto frame = test::picture(64, 48, 0, Timestamp(0));
    const auto same = scaler.toI420(frame, {64, 48});
    EXPECT_EQ(frame.planes[0].data(), same->planes[0].data());
}

TEST(Scaler, ConvertsPackedFormats)
{
    VideoFrame red;
    red.format = {32, 32, PixelFormat::RGB};
    std::vector<std::uint8_t> pixels;
    for (int i = 0; i < 32 * 32; ++i)
        pixels.insert(pixels.end(), {255, 0, 0});
    red.planes[0] = Bytes(std::move(pixels));
    red.strides[0] = 96;
    Scaler scaler(ScaleQuality::Sharp);
    const auto yuv = scaler.toI420(red, {16, 16});
    ASSERT_TRUE(yuv);
    const auto at = [&](std::size_t plane, int row, int column) {
        return yuv->planes[plane][std::size_t(row * yuv->strides[plane] + column)];
    };
    EXPECT_NEAR(81, at(0, 8, 8), 3); // BT.601 red, limited range
    EXPECT_NEAR(90, at(1, 4, 4), 3);
    EXPECT_NEAR(240, at(2, 4, 4), 3);
}

TEST(Scaler, MakesNv12ForHardware)
{
    Scaler scaler(ScaleQuality::Sharp);
    auto frame = test::picture(64, 48, 0, Timestamp(5));
    frame.planes[1] = Bytes(std::vector<std::uint8_t>(32 * 24, 60));
    frame.planes[2] = Bytes(std::vector<std::uint8_t>(32 * 24, 200));
    const auto nv12 = scaler.convert(frame, {64, 48, PixelFormat::NV12});
    ASSERT_TRUE(nv12);
    EXPECT_EQ((PictureFormat{64, 48, PixelFormat::NV12}), nv12->format);
    EXPECT_EQ(Timestamp(5), nv12->pts);
    EXPECT_EQ(frame.planes[0][70], nv12->planes[0][std::size_t(nv12->strides[0] + 6)]);
    EXPECT_EQ(60, nv12->planes[1][0]); // U and V in turns
    EXPECT_EQ(200, nv12->planes[1][1]);
    EXPECT_TRUE(nv12->planes[2].empty());
    EXPECT_EQ(nv12->planes[0].data(), scaler.convert(*nv12, nv12->format)->planes[0].data());
}
