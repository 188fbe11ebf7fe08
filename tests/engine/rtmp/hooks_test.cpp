// What a program that embeds the engine is told, and may refuse, over both protocols.
#include "support/rtmp_client.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"

#include <engine/await.h>

#include <algorithm>
#include <gtest/gtest.h>
#include <mutex>

using namespace heliograph;
using test::RtmpClient;
using test::RtspPlayer;

namespace {

// Hears the hooks, on the engine's loop.
class Ear {
public:
    Hooks hooks()
    {
        const auto note = [this](const std::string &what) {
            const std::lock_guard lock(m_mutex);
            m_heard.push_back(what);
        };
        Hooks hooks;
        hooks.connection = [this, note](const Guest &guest) {
            note(guest.protocol + " connects");
            return refusalFor("connection");
        };
        hooks.play = [this, note](const Guest &guest, const std::string &mount) {
            note(guest.protocol + " plays " + mount);
            return refusalFor("play");
        };
        hooks.publish = [this, note](const Guest &guest, const std::string &mount) {
            note(guest.protocol + " publishes " + mount);
            return refusalFor("publish " + mount);
        };
        hooks.leave = [note](const Guest &guest, const std::string &mount) {
            note(guest.protocol + " leaves " + mount);
        };
        hooks.firstFrame = [note](const std::string &mount) { note(mount + " begins"); };
        hooks.metadata = [note](const std::string &mount, PictureSize size) {
            note(mount + " is " + sizeToText(size));
        };
        hooks.keyframe = [note](const std::string &mount) { note(mount + " has a keyframe"); };
        return hooks;
    }

    void refuse(const std::string &what)
    {
        const std::lock_guard lock(m_mutex);
        m_refused = what;
    }
    std::ptrdiff_t count(const std::string &what)
    {
        const std::lock_guard lock(m_mutex);
        return std::ranges::count(m_heard, what);
    }
    bool heard(const std::string &what) { return count(what) > 0; }

private:
    Refusal refusalFor(const std::string &what)
    {
        const std::lock_guard lock(m_mutex);
        return m_refused == what ? Refusal("not today") : std::nullopt;
    }

    std::mutex m_mutex;
    std::vector<std::string> m_heard;
    std::string m_refused;
};

class HooksOf : public testing::Test {
protected:
    // A source that waits for encoders, at "studio", with the key "sesame".
    SourceId awaitPublishers()
    {
        const SourceId id = m_studio.add("rtmp", "studio", {{"key", Secret("sesame")}});
        m_studio.waitFor([](const Snapshot &s) {
            return s.sources.size() == 1 && s.sources[0].health.error
                && s.sources[0].health.error->code == ErrorCode::NoPublisher;
        });
        return id;
    }

    Ear m_ear;
    test::TestStudio m_studio{{}, 1, m_ear.hooks()};
    std::uint16_t m_port = m_studio.serveRtmp();
};

} // namespace

TEST_F(HooksOf, HearWhoComesAndWhatAStreamDoes)
{
    m_studio.addPattern("cam");
    {
        RtmpClient rtmp(m_port);
        rtmp.play("live", "cam");
        rtmp.nextPicture();
        RtspPlayer rtsp(m_studio.url("cam"));
        rtsp.play(RtspPlayer::Over::Tcp);
        rtsp.nextPicture();
        m_studio.waitFor([](const Snapshot &s) { return s.viewers.size() == 2; });
    }
    m_studio.waitFor([](const Snapshot &s) { return s.viewers.empty(); });
    for (const char *what :
         {"cam is 320x240", "cam begins", "cam has a keyframe", "RTMP connects", "RTMP plays cam",
          "RTMP leaves cam", "RTSP connects", "RTSP plays cam", "RTSP leaves cam"})
        EXPECT_TRUE(m_ear.heard(what)) << what;
}

TEST_F(HooksOf, MayRefuseWithAReason)
{
    m_studio.addPattern("cam");
    m_ear.refuse("play");
    RtmpClient rtmp(m_port);
    EXPECT_EQ("NetStream.Play.Failed", rtmp.play("live", "cam"));
    EXPECT_EQ("not today", rtmp.lastDescription());
    RtspPlayer rtsp(m_studio.url("cam"));
    const auto answer = rtsp.setUp(RtspPlayer::Over::Tcp, 0);
    EXPECT_EQ(453, answer.status);
    EXPECT_TRUE(answer.reason.ends_with("not today")) << answer.reason;
    m_ear.refuse("connection");
    RtmpClient stranger(m_port);
    EXPECT_EQ("not today", stranger.connect("live").find("description")->string());
    EXPECT_EQ(503, RtspPlayer(m_studio.url("cam")).request("OPTIONS").status);
}

TEST_F(HooksOf, MayRefuseAPublisherWhoKnowsTheKey)
{
    const SourceId id = awaitPublishers();
    m_ear.refuse("publish studio");
    RtmpClient refused(m_port);
    EXPECT_EQ("NetStream.Publish.BadName", refused.publish("live", "sesame"));
    EXPECT_EQ("not today", refused.lastDescription());
    ASSERT_TRUE(m_studio.tryPublish(id, {"garden", Audience::ThisComputer}));
    RtmpClient welcome(m_port);
    EXPECT_EQ("NetStream.Publish.Start", welcome.publish("live", "sesame"));
    EXPECT_TRUE(m_ear.heard("RTMP publishes garden"));
    EXPECT_FALSE(m_ear.heard("RTMP leaves studio")); // it never began
}

TEST_F(HooksOf, HearThatAPublisherEndsHoweverItDoes)
{
    awaitPublishers();
    RtmpClient first(m_port);
    first.publish("live", "sesame");
    RtmpClient second(m_port); // takes over
    second.publish("live", "sesame");
    EXPECT_EQ(1, m_ear.count("RTMP leaves studio"));
    second.sendCommand(second.stream(), "deleteStream", {double(second.stream())});
    second.call("getStreamLength"); // it has been heard
    EXPECT_EQ(2, m_ear.count("RTMP leaves studio"));
    second.sendCommand(second.createStream(), "publish", {"sesame", "live"});
    EXPECT_EQ("NetStream.Publish.Start", second.nextStatus());
    second.disconnect();
    m_studio.waitFor([&](const Snapshot &) { return m_ear.count("RTMP leaves studio") == 3; });
}
