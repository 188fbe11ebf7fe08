// An encoder and its viewers through the whole engine: what becomes of them when it is lost.
#include "support/h264_feed.h"
#include "support/rtmp_client.h"
#include "support/test_studio.h"
#include "wire/rtmp/avcc.h"

#include <gtest/gtest.h>
#include <thread>

using namespace heliograph;
using namespace heliograph::rtmp;
using test::RtmpClient;

namespace {

constexpr std::chrono::milliseconds interval(40);

class Encoder {
public:
    explicit Encoder(std::uint16_t port)
        : m_client(port)
    {
        m_status = m_client.publish("live", "sesame");
        m_client.send(SetChunkSize{65536});
        const auto sets = h264::splitAnnexB(m_sets);
        H264Config config;
        config.sps = Bytes::copyOf(sets.at(0));
        config.pps = Bytes::copyOf(sets.at(1));
        config.info = h264::parseSps(config.sps).value();
        sendPicture({VideoHead{four_cc::avc, PacketKind::SequenceHeader, true, 0}},
                    writeAvcRecord(config));
    }

    const std::string &status() const { return m_status; }

    // In real time: what a lone track is waited for is.
    void send(std::chrono::milliseconds time)
    {
        for (std::chrono::milliseconds passed(0); passed < time; passed += interval) {
            const bool keyframe = m_pictures++ % 10 == 0;
            const Bytes nal(test::slice(keyframe ? 0x65 : 0x41, 500));
            std::vector<std::uint8_t> body = {0, 0, 1, 0xf4}; // 500
            body.insert(body.end(), nal.span().begin(), nal.span().end());
            sendPicture({VideoHead{four_cc::avc, PacketKind::Frames, keyframe, 0}}, body);
            m_time += std::uint32_t(interval.count());
            std::this_thread::sleep_for(interval);
        }
    }

    void vanish() { m_client.disconnect(); }

private:
    void sendPicture(const VideoHead &head, const std::vector<std::uint8_t> &body)
    {
        const TagHead front = writeVideoHead(head);
        std::vector<std::uint8_t> payload(front.span().begin(), front.span().end());
        payload.insert(payload.end(), body.begin(), body.end());
        m_client.send({{chunk_stream::video, MessageType::Video, m_client.stream(), m_time},
                       Bytes(std::move(payload))});
    }

    const std::vector<std::uint8_t> m_sets = test::parameterSets();
    RtmpClient m_client;
    std::string m_status;
    std::uint32_t m_time = 0;
    int m_pictures = 0;
};

class RtmpIngest : public testing::Test {
protected:
    void waitForPublishers(std::int64_t grace)
    {
        m_studio.add("rtmp", "studio", {{"key", Secret("sesame")}, {"grace", grace}});
        m_studio.waitFor([](const Snapshot &s) {
            return s.sources.size() == 1 && s.sources[0].health.error
                && s.sources[0].health.error->code == ErrorCode::NoPublisher;
        });
    }

    test::TestStudio m_studio;
    std::uint16_t m_port = m_studio.serveRtmp();
};

} // namespace

TEST_F(RtmpIngest, ViewersStayWhileTheEncoderIsGoneForAMomentAndTheirTimeGoesOn)
{
    waitForPublishers(30);
    Encoder first(m_port);
    ASSERT_EQ("NetStream.Publish.Start", first.status());
    first.send(std::chrono::milliseconds(1500));
    RtmpClient viewer(m_port);
    ASSERT_EQ("NetStream.Play.Start", viewer.play("live", "studio"));
    EXPECT_TRUE(viewer.nextPicture().tag.keyframe);
    first.vanish();
    std::uint32_t last = 0;
    while (const auto message = viewer.tryNext(MessageType::Video, std::chrono::milliseconds(500)))
        last = message->head.timestamp;
    Encoder second(m_port);
    ASSERT_EQ("NetStream.Publish.Start", second.status());
    second.send(std::chrono::milliseconds(800));
    RtmpClient::Picture picture = viewer.nextPicture();
    EXPECT_TRUE(picture.tag.keyframe);
    EXPECT_GT(picture.message.head.timestamp, last);
}

TEST_F(RtmpIngest, ViewersOfAnEncoderThatDoesNotComeBackAreToldTheEnd)
{
    waitForPublishers(1);
    Encoder first(m_port);
    first.send(std::chrono::milliseconds(1500));
    RtmpClient viewer(m_port);
    ASSERT_EQ("NetStream.Play.Start", viewer.play("live", "studio"));
    viewer.nextPicture();
    first.vanish();
    EXPECT_EQ("NetStream.Play.UnpublishNotify", viewer.nextStatus());
    m_studio.waitFor([](const Snapshot &s) {
        return s.viewers.empty() && s.streams.size() == 1 && !s.streams[0].ready;
    });
}
