// Viewers who do not keep up, on a clock that the test moves.
#include "support/bare_server.h"

#include <gtest/gtest.h>
#include <regex>

using namespace heliograph;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::BareServer;
using test::requestText;

namespace {

constexpr const char *url = "rtsp://h/cam";

class SlowViewer : public testing::Test {
protected:
    BareServer::Peer play()
    {
        auto peer = m_bare.connect();
        peer->open->receive(requestText("SETUP", std::string(url) + "/trackID=0", 1,
                                        "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n"));
        const std::size_t at = peer->sent.find("Session: ") + 9;
        const std::string session = peer->sent.substr(at, peer->sent.find(';', at) - at);
        peer->open->receive(requestText("PLAY", url, 2, "Session: " + session + "\r\n"));
        return peer;
    }

    // 25 pictures a second of 12,500 bytes: 2.5 Mbit/s. The viewer's connection takes so much.
    void stream(seconds time, const BareServer::Peer &peer, std::size_t bytesPerPicture)
    {
        for (milliseconds passed(0); passed < time; passed += milliseconds(40)) {
            m_bare.push(m_stream, m_pictures++ % 50 == 0, 12500);
            peer->room = std::min<std::size_t>(peer->room + bytesPerPicture, 1 << 20);
            if (peer->open && bytesPerPicture > 0)
                peer->open->makeWritable();
            m_bare.pass(milliseconds(40));
        }
    }

    std::vector<ViewerSnapshot> viewers()
    {
        std::vector<ViewerSnapshot> rows;
        m_bare.server->visitViewers([&](Viewer &viewer) { rows.push_back(viewer.describe()); });
        return rows;
    }

    BareServer m_bare;
    Stream &m_stream = m_bare.addStream("cam");
    int m_pictures = 0;
};

} // namespace

TEST_F(SlowViewer, IsToldInWordsWhatItsConnectionTakes)
{
    const auto peer = play();
    peer->keep = false;
    peer->room = 0;
    stream(seconds(20), peer, 4000); // 0.8 Mbit/s
    ASSERT_EQ(1u, viewers().size());
    const ViewerSnapshot viewer = viewers()[0];
    EXPECT_GT(viewer.framesDropped, 100u);
    EXPECT_LE(viewer.queueMs, 2100);
    std::smatch numbers;
    ASSERT_TRUE(std::regex_match(
        viewer.dropReason, numbers,
        std::regex("this viewer's connection takes ([0-9.]+) Mbit/s, the stream has ([0-9.]+)")))
        << viewer.dropReason;
    EXPECT_NEAR(0.8, std::stod(numbers[1]), 0.15);
    EXPECT_NEAR(2.5, std::stod(numbers[2]), 0.3);
}

TEST_F(SlowViewer, IsClosedAfterTenSecondsWithoutProgressAndNotBefore)
{
    const auto stuck = play();
    stuck->keep = false;
    stuck->room = 0;
    stream(seconds(9), stuck, 0);
    EXPECT_EQ(1u, viewers().size());
    stream(seconds(3), stuck, 0);
    EXPECT_TRUE(viewers().empty());
    const auto &all = m_bare.notices.all();
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const Notice &notice) {
        return notice.event == Notice::Event::ViewerTooSlow;
    }));
}

TEST_F(SlowViewer, OneByteNowAndThenIsProgress)
{
    const auto slow = play();
    slow->keep = false;
    slow->room = 0;
    for (int i = 0; i < 10; ++i) {
        stream(seconds(8), slow, 0);
        slow->room = 1;
        slow->open->makeWritable();
    }
    EXPECT_EQ(1u, viewers().size());
}

// What is dropped is whole pictures: the stream that the player reads stays a stream.
TEST_F(SlowViewer, ItsQueueIsBoundedAsTheSettingsSay)
{
    test::BareServer bare({{"queue_time", std::int64_t(500)}});
    Stream &stream = bare.addStream("cam");
    auto peer = bare.connect();
    peer->open->receive(requestText("SETUP", std::string(url) + "/trackID=0", 1,
                                    "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n"));
    const std::size_t at = peer->sent.find("Session: ") + 9;
    const std::string session = peer->sent.substr(at, peer->sent.find(';', at) - at);
    peer->open->receive(requestText("PLAY", url, 2, "Session: " + session + "\r\n"));
    peer->room = 0;
    for (int i = 1; i <= 60; ++i) {
        bare.clock.advance(milliseconds(40));
        bare.push(stream, i % 25 == 0, 5000);
    }
    double queued = 0;
    bare.server->visitViewers([&](Viewer &viewer) { queued = viewer.describe().queueMs; });
    EXPECT_LE(queued, 500);
    EXPECT_GT(queued, 0);
}
