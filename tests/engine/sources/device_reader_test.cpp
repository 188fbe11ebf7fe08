// A camera with its microphone, made of a pipeline whose sound can be shut off.
#include "sources/device_reader.h"

#include <gtest/gtest.h>

using namespace heliograph;

namespace {

constexpr const char *line =
    "videotestsrc is-live=true ! video/x-raw,format=I420,width=64,height=48,framerate=25/1"
    " ! appsink name=video sync=false max-buffers=4 drop=true"
    " audiotestsrc is-live=true samplesperbuffer=960"
    " ! audio/x-raw,format=F32LE,rate=48000,channels=2 ! valve name=valve"
    " ! appsink name=audio sync=false async=false max-buffers=50 drop=true";

class Reading : public testing::Test {
protected:
    void SetUp() override
    {
        auto pipeline = gst::Pipeline::create(line);
        ASSERT_TRUE(pipeline) << pipeline.error().detail;
        m_valve = (*pipeline)->element("valve");
        m_reader.emplace(*std::move(pipeline), gst::Device());
    }

    void shut(bool shut) { g_object_set(m_valve.get(), "drop", gboolean(shut), nullptr); }

    // Up to what is neither a picture nor sound, five seconds at most.
    Result<SourceItem> readToTheEnd(TrackId lead)
    {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        for (;;) {
            auto item = m_reader->read({}, lead);
            const auto *sound = item ? std::get_if<AudioFrame>(&*item) : nullptr;
            if (sound)
                shut(true); // it was heard
            if (!item || std::holds_alternative<OpenAnew>(*item)
                || std::chrono::steady_clock::now() > end)
                return item;
        }
    }

    gst::Handle<GstElement> m_valve;
    std::optional<DeviceReader> m_reader;
};

} // namespace

TEST_F(Reading, AMicrophoneThatFellSilentHasTheCameraOpenedAnew)
{
    ASSERT_TRUE(m_reader->start());
    const auto last = readToTheEnd(TrackId::Video);
    ASSERT_TRUE(last);
    EXPECT_TRUE(std::holds_alternative<OpenAnew>(*last));
}

TEST_F(Reading, OneThatNeverDeliveredIsNotWaitedFor)
{
    shut(true);
    ASSERT_TRUE(m_reader->start());
    const auto last = readToTheEnd(TrackId::Video);
    ASSERT_TRUE(last);
    EXPECT_TRUE(std::holds_alternative<VideoFrame>(*last));
}

TEST_F(Reading, AMicrophoneOfItsOwnHasStalledSoonerThanACamera)
{
    ASSERT_TRUE(m_reader->start());
    const auto last = readToTheEnd(TrackId::Audio);
    ASSERT_FALSE(last);
    EXPECT_EQ(ErrorCode::Stalled, last.error().code);
}
