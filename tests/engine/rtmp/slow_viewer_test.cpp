// Viewers who do not keep up, on a clock that the test moves.
#include "engine/rtmp/bare_player.h"

#include "wire/rtmp/video_tag.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::BarePlayer;

namespace {

class SlowRtmpViewer : public testing::Test {
protected:
    SlowRtmpViewer() { m_player.play("cam"); }

    // 25 pictures a second of 12,500 bytes, 2.5 Mbit/s, each with a frame of sound. The connection
    // takes so much of each.
    void stream(seconds time, std::size_t bytesPerPicture)
    {
        const auto peer = m_player.peer();
        for (milliseconds passed(0); passed < time; passed += milliseconds(40)) {
            m_bare.push(m_stream, m_pictures++ % 50 == 0, 12500);
            m_bare.pushSound(m_stream);
            if (peer->open) {
                peer->room = std::min<std::size_t>(peer->room + bytesPerPicture, 1 << 20);
                if (bytesPerPicture > 0)
                    peer->open->makeWritable();
            }
            m_bare.pass(milliseconds(40));
        }
    }

    std::vector<ViewerSnapshot> viewers()
    {
        std::vector<ViewerSnapshot> rows;
        m_bare.server->visitViewers([&](Viewer &viewer) { rows.push_back(viewer.describe()); });
        return rows;
    }

    test::BareRtmpServer m_bare;
    Stream &m_stream = m_bare.addStreamWithSound("cam");
    BarePlayer m_player{m_bare};
    int m_pictures = 0;
};

} // namespace

// What it reads stays a stream: after each gap comes a keyframe, with its sequence intact.
TEST_F(SlowRtmpViewer, T23_GetsWholePicturesFromKeyframesOnAndIsToldWhy)
{
    m_player.messages();
    m_player.peer()->room = 0;
    stream(seconds(20), 4000); // 0.8 Mbit/s
    ASSERT_EQ(1u, viewers().size());
    EXPECT_GT(viewers()[0].framesDropped, 100u);
    EXPECT_LE(viewers()[0].queueMs, 2100);
    EXPECT_TRUE(viewers()[0].dropReason.starts_with("this viewer's connection takes 0."))
        << viewers()[0].dropReason;
    std::uint32_t last = 0;
    int pictures = 0;
    int gaps = 0;
    for (const rtmp::Message &message : m_player.messages()) {
        if (message.head.type != rtmp::MessageType::Video)
            continue;
        const auto tag = rtmp::parseVideoTag(message.payload).value();
        const bool gap = pictures++ > 0 && message.head.timestamp - last > 40;
        EXPECT_TRUE(!gap || tag.keyframe) << message.head.timestamp;
        gaps += gap;
        last = message.head.timestamp;
    }
    EXPECT_GT(gaps, 2);
    EXPECT_GT(last, 15'000u);
}

TEST_F(SlowRtmpViewer, T23_KeepsAllTheSoundOfPicturesThatItMisses)
{
    m_player.messages();
    m_player.peer()->room = 0;
    stream(seconds(20), 4000);
    EXPECT_GT(viewers().at(0).framesDropped, 100u);
    std::vector<std::uint32_t> times;
    for (const rtmp::Message &message : m_player.messages())
        if (message.head.type == rtmp::MessageType::Audio)
            times.push_back(message.head.timestamp);
    ASSERT_GT(times.size(), 400u); // of 500; the rest waits
    for (std::size_t i = 1; i < times.size(); ++i)
        EXPECT_EQ(times[i - 1] + 40, times[i]);
}

TEST_F(SlowRtmpViewer, T23_IsClosedAfterTenSecondsWithoutProgressAndNotBefore)
{
    m_player.peer()->room = 0;
    stream(seconds(9), 0);
    EXPECT_EQ(1u, viewers().size());
    stream(seconds(3), 0);
    EXPECT_TRUE(viewers().empty());
    const auto &all = m_bare.notices.all();
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const Notice &notice) {
        return notice.event == Notice::Event::ViewerTooSlow;
    }));
}
