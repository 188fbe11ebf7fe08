#include "gst/modes.h"

#include "gst/init.h"

#include <gtest/gtest.h>

using namespace heliograph;

namespace {

std::vector<DeviceMode> modesOf(const char *text)
{
    gst::ensureInitialized();
    const gst::Handle<GstCaps> caps(gst_caps_from_string(text));
    return gst::modesOf(caps.get());
}

// As a common webcam offers them: raw in small sizes, JPEG in large ones.
const char *webcam = "video/x-raw,format=YUY2,width=640,height=480,framerate={30/1,15/1};"
                     "video/x-raw,format=YUY2,width=1280,height=720,framerate=10/1;"
                     "image/jpeg,width=1280,height=720,framerate=30/1;"
                     "image/jpeg,width=1920,height=1080,framerate=30/1;"
                     "video/x-h264,width=1920,height=1080,framerate=30/1";

} // namespace

TEST(Modes, AreReadLargestFirstAndOnlyWhatWeDecode)
{
    const auto modes = modesOf(webcam);
    ASSERT_EQ(4u, modes.size());
    EXPECT_EQ((DeviceMode{1920, 1080, 30, "MJPEG"}), modes[0]);
    EXPECT_EQ((DeviceMode{640, 480, 30, "YUY2"}), modes[3]);
}

TEST(Modes, RangesBecomeTheUsualSizesAndEndlessRatesAFiniteOne)
{
    const auto modes = modesOf("video/x-raw,format={RGB,UYVY},width=[1,2147483647],"
                               "height=[1,2147483647],framerate=[0/1,2147483647/1]");
    ASSERT_EQ(16u, modes.size());
    EXPECT_EQ(3840, modes[0].width);
    EXPECT_DOUBLE_EQ(120, modes[0].maximumFps);
}

TEST(Modes, TheBestOneIsLargeAndFastEnoughWithTheLeastBeyond)
{
    const auto modes = modesOf(webcam);
    const auto best = [&](int width, int height, double fps) {
        return *gst::chooseMode(modes, {width, height}, fps);
    };
    EXPECT_EQ((DeviceMode{640, 480, 30, "YUY2"}), best(640, 360, 30));
    EXPECT_EQ((DeviceMode{1280, 720, 30, "MJPEG"}), best(1280, 720, 30));
    EXPECT_EQ((DeviceMode{1280, 720, 10, "YUY2"}), best(1280, 720, 10));
    EXPECT_EQ((DeviceMode{1920, 1080, 30, "MJPEG"}), best(3840, 2160, 30));
    EXPECT_FALSE(gst::chooseMode({}, {640, 480}, 30));
}

TEST(Modes, CapsPinTheModeDown)
{
    EXPECT_EQ("image/jpeg,width=1280,height=720", gst::capsText({1280, 720, 30, "MJPEG"}));
    EXPECT_EQ("video/x-raw,format=YUY2,width=640,height=480",
              gst::capsText({640, 480, 30, "YUY2"}));
}
