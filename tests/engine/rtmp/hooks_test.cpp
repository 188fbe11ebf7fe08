// What a program that embeds the engine is told, and may refuse, over both protocols.
#include "support/rtmp_client.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"

#include <engine/await.h>

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
        hooks.publish = [this, note](const Guest &guest) {
            note(guest.protocol + " publishes");
            return refusalFor("publish");
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
    bool heard(const std::string &what)
    {
        const std::lock_guard lock(m_mutex);
        return std::find(m_heard.begin(), m_heard.end(), what) != m_heard.end();
    }

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
    m_studio.add("rtmp", "studio", {{"key", std::string("sesame")}});
    m_studio.waitFor([](const Snapshot &s) {
        return s.sources.size() == 1 && s.sources[0].health.error
            && s.sources[0].health.error->code == ErrorCode::NoPublisher;
    });
    m_ear.refuse("publish");
    RtmpClient refused(m_port);
    EXPECT_EQ("NetStream.Publish.BadName", refused.publish("live", "sesame"));
    EXPECT_EQ("not today", refused.lastDescription());
    m_ear.refuse("nothing");
    RtmpClient welcome(m_port);
    EXPECT_EQ("NetStream.Publish.Start", welcome.publish("live", "sesame"));
    EXPECT_TRUE(m_ear.heard("RTMP publishes"));
}
