#include "gst/pipeline.h"

#include <gtest/gtest.h>
#include <thread>

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

std::unique_ptr<gst::Pipeline> started(const std::string &launch)
{
    auto pipeline = gst::Pipeline::create(launch).value();
    EXPECT_TRUE(pipeline->start(milliseconds(5000)));
    return pipeline;
}

} // namespace

TEST(Pipeline, DeliversPicturesAndSoundWithTimesOfTheSteadyClock)
{
    const auto pipeline = started(
        "videotestsrc is-live=true ! video/x-raw,format=NV12,width=64,height=48,framerate=30/1"
        " ! appsink name=video sync=false"
        " audiotestsrc is-live=true ! audio/x-raw,format=F32LE,rate=48000,channels=2"
        " ! appsink name=audio sync=false");
    const SystemClock clock;
    int pictures = 0;
    int sounds = 0;
    Timestamp last{0};
    while (pictures < 15 || sounds < 5) {
        const auto item = pipeline->read(milliseconds(1000));
        ASSERT_TRUE(item);
        if (!*item)
            continue;
        if (const auto *frame = std::get_if<VideoFrame>(&**item)) {
            ++pictures;
            EXPECT_EQ((PictureFormat{64, 48, PixelFormat::NV12}), frame->format);
            EXPECT_GT(frame->pts, last);
            EXPECT_LE(frame->pts, clock.now());
            EXPECT_GT(frame->pts, clock.now() - std::chrono::seconds(10));
            last = frame->pts;
        } else {
            ++sounds;
            EXPECT_EQ(48000, std::get<AudioFrame>(**item).sampleRate);
        }
    }
}

TEST(Pipeline, PicturesThatNobodyCameForAreCounted)
{
    const auto pipeline = started(
        "videotestsrc is-live=true ! video/x-raw,format=I420,width=64,height=48,framerate=100/1"
        " ! appsink name=video sync=false max-buffers=1 drop=true");
    ASSERT_TRUE(pipeline->read(milliseconds(1000)));
    std::this_thread::sleep_for(milliseconds(300));
    std::uint32_t skipped = 0;
    for (int i = 0; i < 3; ++i)
        if (const auto item = pipeline->read(milliseconds(1000)); item && *item)
            skipped += std::get<VideoFrame>(**item).skipped;
    EXPECT_GE(skipped, 10u);
}

// As a camera that offers JPEG is read.
TEST(Pipeline, JpegIsDecoded)
{
    const auto pipeline =
        started("videotestsrc is-live=true ! video/x-raw,width=64,height=48 ! jpegenc"
                " ! capsfilter name=mode caps=image/jpeg,width=64,height=48 ! jpegdec"
                " ! appsink name=video sync=false caps=\"video/x-raw,format={I420,NV12,YUY2}\"");
    const auto item = pipeline->read(milliseconds(2000));
    ASSERT_TRUE(item && *item);
    EXPECT_EQ(64, std::get<VideoFrame>(**item).format.width);
}

TEST(Pipeline, AMissingElementIsNamed)
{
    const auto pipeline = gst::Pipeline::create("nosuchelement ! appsink name=video");
    ASSERT_FALSE(pipeline);
    EXPECT_NE(std::string::npos, pipeline.error().detail.find("nosuchelement"));
}

TEST(Pipeline, AMissingDeviceIsGone)
{
    const auto pipeline =
        gst::Pipeline::create("v4l2src device=/dev/video99 ! appsink name=video").value();
    const auto result = pipeline->start(milliseconds(5000));
    ASSERT_FALSE(result);
    EXPECT_EQ(ErrorCode::DeviceGone, result.error().code) << result.error().detail;
}

TEST(Pipeline, TheEndIsTold)
{
    const auto pipeline = started(
        "videotestsrc num-buffers=2 ! video/x-raw,format=I420 ! appsink name=video sync=false");
    for (int i = 0; i < 10; ++i)
        if (const auto item = pipeline->read(milliseconds(500)); !item) {
            EXPECT_EQ(ErrorCode::EndOfSource, item.error().code);
            return;
        }
    FAIL() << "no end";
}

// A file's pictures wait for their time; a camera's are there, and an encoder's delay is over.
TEST(Pipeline, OnlyWhatIsNotLiveWaitsForTheClock)
{
    for (const bool live : {true, false}) {
        const auto pipeline = started("videotestsrc is-live=" + std::string(live ? "true" : "false")
                                      + " ! video/x-raw,format=I420 ! appsink name=video");
        pipeline->hurryWhatIsLive();
        gboolean waits = FALSE;
        g_object_get(pipeline->element("video").get(), "sync", &waits, nullptr);
        EXPECT_EQ(!live, bool(waits));
    }
}
