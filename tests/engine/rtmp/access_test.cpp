// Who is let in: passwords, limits, bans, over real sockets; and from where.
#include "engine/rtmp/bare_player.h"
#include "support/rtmp_client.h"
#include "support/test_studio.h"

#include <engine/await.h>

#include <gtest/gtest.h>
#include <set>

using namespace heliograph;
using test::BarePlayer;
using test::RtmpClient;

namespace {

class RtmpAccess : public testing::Test {
protected:
    explicit RtmpAccess(Settings settings = {})
        : m_port(m_studio.serveRtmp(std::move(settings)))
    {
        const SourceId id = m_studio.addPattern("cam");
        const auto published =
            m_studio.tryPublish(id,
                                {"cam",
                                 Audience::MyNetworkWithPassword,
                                 {{"viewer", Secret("lusab babad&gutih"), {}},
                                  {"sender", Secret("other"), {.watch = false, .publish = true}}}});
        EXPECT_TRUE(published);
        m_studio.waitFor(
            [](const Snapshot &s) { return !s.streams.empty() && s.streams[0].ready; });
    }

    std::string playAs(const std::string &query)
    {
        RtmpClient client(m_port);
        const std::string code = client.play("live", "cam" + query);
        m_sentence = client.lastDescription();
        if (code == "NetStream.Play.Start")
            client.nextPicture();
        return code;
    }

    test::TestStudio m_studio;
    std::uint16_t m_port;
    std::string m_sentence;
};

} // namespace

TEST_F(RtmpAccess, ThePasswordComesInTheAddress)
{
    EXPECT_EQ("NetStream.Play.Start", playAs("?user=viewer&pass=lusab%20babad%26gutih"));
    EXPECT_EQ("NetStream.Play.Failed", playAs(""));
    EXPECT_NE(std::string::npos, m_sentence.find("password"));
    EXPECT_EQ("NetStream.Play.Failed", playAs("?user=viewer&pass=wrong"));
    EXPECT_EQ("NetStream.Play.Failed", playAs("?user=sender&pass=other"));
}

TEST_F(RtmpAccess, T24_NoWordOfWhatWasTriedIsTold)
{
    playAs("?user=viewer&pass=sesame-open");
    RtmpClient publisher(m_port);
    EXPECT_EQ("NetStream.Publish.BadName", publisher.publish("live", "sesame-key"));
    const auto snapshot = m_studio.waitFor([](const Snapshot &s) {
        std::set<Notice::Event> told;
        for (const Notice &notice : s.notices)
            told.insert(notice.event);
        return told.contains(Notice::Event::PasswordWrong)
            && told.contains(Notice::Event::StreamKeyWrong);
    });
    for (const Notice &notice : snapshot->notices)
        EXPECT_EQ(std::string::npos, (notice.subject + notice.detail).find("sesame"));
    EXPECT_EQ(std::string::npos, publisher.lastDescription().find("sesame"));
}

TEST(RtmpLimits, AViewerPastTheLimitIsRefusedInWords)
{
    test::TestStudio studio;
    const std::uint16_t port = studio.serveRtmp({{"max_viewers", std::int64_t(1)}});
    studio.addPattern("cam");
    RtmpClient first(port);
    EXPECT_EQ("NetStream.Play.Start", first.play("live", "cam"));
    RtmpClient second(port);
    EXPECT_EQ("NetStream.Play.Failed", second.play("live", "cam"));
    EXPECT_FALSE(second.lastDescription().empty());
    first.disconnect();
    studio.waitFor([](const Snapshot &s) { return s.viewers.empty(); });
    second.sendCommand(second.stream(), "play", {"cam"});
    second.nextPicture();
}

TEST(RtmpLimits, StrangersAreRefusedInWordsAndMakeWay)
{
    test::TestStudio studio;
    const std::uint16_t port =
        studio.serveRtmp({{"max_strangers", std::int64_t(4)}, {"stranger_time", std::int64_t(4)}});
    studio.addPattern("cam");
    RtmpClient first(port); // a quarter of four may wait at one address
    RtmpClient second(port);
    const auto answer = second.connect("live");
    EXPECT_EQ("NetConnection.Connect.Rejected", answer.find("code")->string());
    EXPECT_TRUE(second.isClosedWithin(std::chrono::seconds(30)));
    EXPECT_TRUE(first.isClosedWithin(std::chrono::seconds(30)));
    RtmpClient third(port);
    third.play("live", "cam");
    third.nextPicture();
}

TEST(RtmpBans, WhoIsBannedLeavesAndStaysOutside)
{
    test::TestStudio studio;
    const std::uint16_t port = studio.serveRtmp();
    studio.addPattern("cam");
    RtmpClient client(port);
    client.play("live", "cam");
    client.nextPicture();
    const auto setBanned = [&](bool banned) {
        return await(
            [&](Reply<> reply) { studio->setBanned("127.0.0.1", banned, std::move(reply)); });
    };
    ASSERT_TRUE(setBanned(true));
    EXPECT_TRUE(client.isClosedWithin(std::chrono::seconds(30)));
    EXPECT_THROW(RtmpClient{port}, std::runtime_error);
    ASSERT_TRUE(setBanned(false));
    RtmpClient again(port);
    again.play("live", "cam");
    again.nextPicture();
}

// As if it did not exist: even a refusal would tell that it does.
TEST(RtmpAudience, WhoMayNotKnowAMountDoesNotFindIt)
{
    test::BareRtmpServer bare;
    bare.addStream("mine", {{}, Audience::ThisComputer});
    bare.addStream("ours", {{}, Audience::MyNetwork});
    const auto play = [&](const char *mount, const char *from) {
        BarePlayer player(bare, from);
        player.play(mount);
        return player.statuses();
    };
    using Codes = std::vector<std::string>;
    const Codes begins = {"NetStream.Play.Reset", "NetStream.Play.Start"};
    EXPECT_EQ(Codes{"NetStream.Play.StreamNotFound"}, play("mine", "192.0.2.9"));
    EXPECT_EQ(begins, play("ours", "192.0.2.9"));
    EXPECT_EQ(begins, play("mine", "127.0.0.1"));
}

TEST(RtmpSwitch, TurnedOffItListensNoMoreAndItsViewersLeave)
{
    test::TestStudio studio;
    const std::uint16_t port = studio.serveRtmp();
    studio.addPattern("cam");
    RtmpClient client(port);
    client.play("live", "cam");
    client.nextPicture();
    ASSERT_TRUE(await([&](Reply<> reply) {
        studio->configureOutput({"rtmp", {{"enabled", false}}}, std::move(reply));
    }));
    EXPECT_TRUE(client.isClosedWithin(std::chrono::seconds(30)));
    EXPECT_THROW(RtmpClient{port}, std::runtime_error);
    const auto snapshot = studio.freshSnapshot();
    EXPECT_EQ(0, snapshot->outputs.at(1).port);
    EXPECT_EQ(HealthState::Ok, snapshot->outputs.at(1).health.state);
    EXPECT_EQ(1u, snapshot->streams.at(0).urls.size());
}
