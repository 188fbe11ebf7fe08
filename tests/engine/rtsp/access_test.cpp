// Who is let in: passwords, limits, bans. A real server; the guesser is a real client, too.
#include "access/doorkeeper.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"
#include "wire/rtsp/authorization.h"

#include <engine/await.h>

#include <gtest/gtest.h>

using namespace heliograph;
using test::RtspPlayer;

namespace {

constexpr const char *password = "lusab-babad-gutih";

User user(const std::string &name, const std::string &secret, Roles roles = {})
{
    return {name, Secret(secret), roles};
}

class Access : public ::testing::TestWithParam<DigestAlgorithm> {
protected:
    explicit Access(Settings rtsp = {})
        : m_studio(std::move(rtsp))
    {
        const SourceId id = m_studio.addPattern("cam");
        const PublishConfig config{
            "cam",
            Audience::MyNetworkWithPassword,
            {user("viewer", password), user("sender", "other", {.watch = false, .publish = true})}};
        m_published = m_studio.tryPublish(id, config).has_value();
        m_studio.waitFor(
            [](const Snapshot &s) { return !s.streams.empty() && s.streams[0].ready; });
    }

    std::string url() const { return m_studio.url("cam"); }
    int describeAs(const std::string &name, const std::string &secret)
    {
        RtspPlayer player(url());
        player.logIn(name, secret, GetParam());
        return player.request("DESCRIBE").status;
    }

    test::TestStudio m_studio;
    bool m_published = false;
};

std::uint64_t noticesOf(const Snapshot &snapshot, Notice::Event event)
{
    std::uint64_t count = 0;
    for (const Notice &notice : snapshot.notices)
        count += notice.event == event ? notice.count : 0;
    return count;
}

} // namespace

TEST_P(Access, R29_TheRightPasswordPlaysOverBothTransports)
{
    ASSERT_TRUE(m_published);
    for (const RtspPlayer::Over over : {RtspPlayer::Over::Tcp, RtspPlayer::Over::Udp}) {
        RtspPlayer player(url());
        player.logIn("viewer", password, GetParam());
        EXPECT_EQ(200, player.play(over).status);
        bool isKeyframe = player.nextPicture().keyframe;
        while (!isKeyframe && over == RtspPlayer::Over::Udp) // a busy machine loses datagrams
            isKeyframe = player.nextPicture().keyframe;
        EXPECT_TRUE(isKeyframe);
        const auto snapshot =
            m_studio.waitFor([](const Snapshot &s) { return s.viewers.size() == 1; });
        EXPECT_EQ("viewer", snapshot->viewers[0].user);
        EXPECT_EQ(200, player.request("TEARDOWN").status);
        m_studio.waitFor([](const Snapshot &s) { return s.viewers.empty(); });
    }
    EXPECT_EQ(0u, noticesOf(*m_studio.freshSnapshot(), Notice::Event::PasswordWrong));
}

TEST_P(Access, R29_AskingWithoutAPasswordIsAnsweredWithEveryDigestAndIsNoFailure)
{
    RtspPlayer player(url());
    for (int i = 0; i < 30; ++i) {
        const auto response = player.request("DESCRIBE");
        ASSERT_EQ(401, response.status);
        std::string challenges;
        for (const auto &[name, value] : response.headers.all())
            challenges += name == "WWW-Authenticate" ? value + "\n" : "";
        EXPECT_NE(std::string::npos, challenges.find("algorithm=SHA-256"));
        EXPECT_NE(std::string::npos, challenges.find("algorithm=MD5"));
        EXPECT_EQ(std::string::npos, challenges.find("Basic"));
    }
    EXPECT_EQ(200, describeAs("viewer", password));
}

TEST_P(Access, R29_WrongPasswordsUsersAndRolesStayOutside)
{
    EXPECT_EQ(401, describeAs("viewer", "wrong"));
    EXPECT_EQ(401, describeAs("nobody", password));
    EXPECT_EQ(403, describeAs("sender", "other"));
    EXPECT_EQ(200, describeAs("viewer", password));
    const auto snapshot = m_studio.waitFor(
        [](const Snapshot &s) { return noticesOf(s, Notice::Event::PasswordWrong) == 2; });
    for (const Notice &notice : snapshot->notices)
        EXPECT_EQ(std::string::npos, notice.detail.find("wrong"));
}

// Only DESCRIBE behind a password would be a door beside a fence.
TEST_P(Access, R30_EveryMethodIsChecked)
{
    RtspPlayer owner(url());
    owner.logIn("viewer", password, GetParam());
    owner.play(RtspPlayer::Over::Tcp);
    RtspPlayer stranger(url());
    const RtspPlayer::Fields session = {{"Session", owner.session()},
                                        {"Transport", "RTP/AVP/TCP;unicast;interleaved=0-1"}};
    for (const char *method : {"DESCRIBE", "SETUP", "PLAY", "PAUSE", "GET_PARAMETER",
                               "SET_PARAMETER", "TEARDOWN", "OPTIONS"})
        EXPECT_EQ(401, stranger.request(method, url(), session).status) << method;
    EXPECT_EQ(401,
              stranger
                  .request("SETUP", url() + "/trackID=0",
                           {{"Transport", "RTP/AVP/TCP;unicast;interleaved=0-1"}})
                  .status);
    EXPECT_EQ(200, stranger.request("OPTIONS").status); // which tells nothing of the stream
    owner.nextPicture();
    EXPECT_EQ(200, owner.request("GET_PARAMETER").status);
}

// A session of an open stream is no key to another one's door.
TEST_P(Access, R30_AnOpenSessionOpensNoOtherStream)
{
    m_studio.addPattern("open");
    RtspPlayer player(m_studio.url("open"));
    ASSERT_EQ(200, player.play(RtspPlayer::Over::Tcp).status); // its requests name the session
    EXPECT_EQ(401, player.request("DESCRIBE", url()).status);
    EXPECT_EQ(401,
              player
                  .request("SETUP", url() + "/trackID=0",
                           {{"Transport", "RTP/AVP/TCP;unicast;interleaved=2-3"}})
                  .status);
    EXPECT_EQ(200, player.request("GET_PARAMETER").status);
}

// R23: the session is its user's, too, not only its address's.
TEST_P(Access, R23_AnotherUserOfTheSameAddressCannotTouchASession)
{
    const SourceId id = m_studio.freshSnapshot()->sources.at(0).id;
    ASSERT_TRUE(m_studio.tryPublish(
        id, {"cam", Audience::MyNetworkWithPassword, {user("a", "1"), user("b", "2")}}));
    m_studio.waitFor([](const Snapshot &s) { return !s.streams.empty() && s.streams[0].ready; });
    RtspPlayer owner(url());
    owner.logIn("a", "1", GetParam());
    owner.play(RtspPlayer::Over::Udp);
    RtspPlayer other(url());
    other.logIn("b", "2", GetParam());
    EXPECT_EQ(454, other.request("TEARDOWN", url(), {{"Session", owner.session()}}).status);
    owner.nextPicture();
    RtspPlayer again(url()); // the same viewer, who opened another connection
    again.logIn("a", "1", GetParam());
    EXPECT_EQ(200, again.request("TEARDOWN", url(), {{"Session", owner.session()}}).status);
}

// FFmpeg signs the URL, VLC that of the whole stream, others the path; some with the query.
TEST_P(Access, R29_TheSignedUriMayBeWrittenInEveryWayAndMustBeThisMounts)
{
    RtspPlayer player(url());
    player.logIn("viewer", password, GetParam());
    ASSERT_EQ(200, player.request("DESCRIBE").status);
    const auto statusOf = [&](const std::string &uri) {
        RtspPlayer fresh(url());
        const std::string proof = player.authorization("DESCRIBE", uri);
        return fresh.request("DESCRIBE", url() + "?x=1", {{"Authorization", proof}}).status;
    };
    for (const std::string &uri :
         {url(), url() + "/", url() + "?x=1", url() + "/trackID=0", std::string("/cam"),
          std::string("/cam/"), std::string("/cam?x=1")})
        EXPECT_EQ(200, statusOf(uri)) << uri;
    EXPECT_EQ(401, statusOf(m_studio.url("other")));
}

TEST_P(Access, R30_TheAnswerToAGuessWaits)
{
    for (int i = 0; i < Doorkeeper::freeFailures; ++i)
        EXPECT_EQ(401, describeAs("viewer", "guess " + std::to_string(i)));
    RtspPlayer guesser(url());
    guesser.logIn("viewer", "guess", GetParam());
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(401, guesser.request("DESCRIBE").status);
    EXPECT_GE(std::chrono::steady_clock::now() - start, Doorkeeper::firstDelay);
    RtspPlayer owner(url());
    owner.logIn("viewer", password, GetParam());
    EXPECT_EQ(200, owner.request("DESCRIBE").status); // which forgives: the same address
    EXPECT_EQ(401, describeAs("viewer", "guess"));
}

INSTANTIATE_TEST_SUITE_P(Algorithms, Access,
                         ::testing::Values(DigestAlgorithm::Md5, DigestAlgorithm::Sha256));

TEST(Basic, R29_IsOnlySpokenWhenAskedFor)
{
    for (const bool allowed : {false, true}) {
        test::TestStudio studio({{"basic", allowed}});
        const SourceId id = studio.addPattern("cam");
        ASSERT_TRUE(studio.tryPublish(
            id, {"cam", Audience::MyNetworkWithPassword, {user("viewer", password)}}));
        RtspPlayer player(studio.url("cam"));
        const auto basic = [&](const char *secret) {
            return RtspPlayer::Fields{
                {"Authorization",
                 rtsp::writeAuthorization(BasicCredentials{"viewer", Secret(secret)})}};
        };
        EXPECT_EQ(allowed ? 200 : 401,
                  player.request("DESCRIBE", studio.url("cam"), basic(password)).status);
        EXPECT_EQ(401, player.request("DESCRIBE", studio.url("cam"), basic("wrong")).status);
    }
}

TEST(PublishWithPassword, NeedsAUserWithAPassword)
{
    test::TestStudio studio;
    const SourceId id = studio.addPattern("cam");
    EXPECT_FALSE(studio.tryPublish(id, {"cam", Audience::MyNetworkWithPassword}));
    EXPECT_FALSE(
        studio.tryPublish(id, {"cam", Audience::MyNetworkWithPassword, {user("viewer", "")}}));
    EXPECT_FALSE(
        studio.tryPublish(id, {"cam", Audience::MyNetworkWithPassword, {user("a:b", "x")}}));
}

TEST(Limits, R34_ViewersPastTheLimitGet453InWordsAndANotice)
{
    struct Case {
        const char *key;
        int played; // how many may
    };
    for (const Case &limit : {Case{"max_viewers", 2}, Case{"max_viewers_per_mount", 2},
                              Case{"max_viewers_per_address", 2}}) {
        test::TestStudio studio({{limit.key, std::int64_t(limit.played)}});
        studio.addPattern("cam");
        std::vector<std::unique_ptr<RtspPlayer>> players;
        for (int i = 0; i < limit.played; ++i) {
            players.push_back(std::make_unique<RtspPlayer>(studio.url("cam")));
            EXPECT_EQ(200, players.back()->play(RtspPlayer::Over::Tcp).status);
        }
        RtspPlayer late(studio.url("cam"));
        const auto refused = late.setUp(RtspPlayer::Over::Tcp, 0);
        EXPECT_EQ(453, refused.status) << limit.key;
        EXPECT_GT(refused.reason.size(), std::string("Not Enough Bandwidth").size());
        studio.waitFor(
            [](const Snapshot &s) { return noticesOf(s, Notice::Event::ViewerRefused) == 1; });
        players.front()->request("TEARDOWN");
        EXPECT_EQ(200, late.setUp(RtspPlayer::Over::Tcp, 0).status) << limit.key;
    }
}

TEST(Limits, R34_ConnectionsThatOnlyWaitAre503AndMakeWay)
{
    test::TestStudio studio({{"max_strangers", std::int64_t(4)},
                             {"stranger_time", std::int64_t(4)},
                             {"request_time", std::int64_t(4)}});
    studio.addPattern("cam");
    RtspPlayer first(studio.url("cam")); // a quarter of four may wait at one address
    EXPECT_EQ(200, first.request("OPTIONS").status);
    RtspPlayer second(studio.url("cam"));
    const auto refused = second.request("OPTIONS");
    EXPECT_EQ(503, refused.status);
    EXPECT_TRUE(refused.headers.find("Retry-After"));
    EXPECT_TRUE(second.isClosedWithin(std::chrono::seconds(30)));
    studio.waitFor(
        [](const Snapshot &s) { return noticesOf(s, Notice::Event::StrangerRefused) >= 1; });
    EXPECT_TRUE(first.isClosedWithin(std::chrono::seconds(30))); // its time is over
    RtspPlayer third(studio.url("cam"));
    EXPECT_EQ(200, third.play(RtspPlayer::Over::Tcp).status);
    third.nextPicture();
}

TEST(Limits, R3_AHalfSentRequestIsGivenSoMuchTime)
{
    test::TestStudio studio({{"request_time", std::int64_t(1)}});
    studio.addPattern("cam");
    RtspPlayer player(studio.url("cam"));
    player.sendRaw("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n");
    EXPECT_TRUE(player.isClosedWithin(std::chrono::seconds(30)));
}

TEST(Limits, R3_TooLongAHeadEndsTheConnection)
{
    test::TestStudio studio({{"max_header_bytes", std::int64_t(1)}});
    studio.addPattern("cam");
    RtspPlayer player(studio.url("cam"));
    player.sendRaw("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nX: " + std::string(2000, 'x'));
    EXPECT_TRUE(player.isClosedWithin(std::chrono::seconds(30)));
}

// A viewer of a UDP session that only says RTCP keeps its control connection, too.
TEST(Limits, WhoWatchesIsNoStranger)
{
    test::TestStudio studio({{"stranger_time", std::int64_t(3)}});
    studio.addPattern("cam");
    RtspPlayer tcp(studio.url("cam"));
    RtspPlayer udp(studio.url("cam"));
    tcp.play(RtspPlayer::Over::Tcp);
    udp.play(RtspPlayer::Over::Udp);
    for (int i = 0; i < 150; ++i) { // five seconds
        tcp.nextPicture();
        udp.nextPicture();
    }
    EXPECT_EQ(200, tcp.request("GET_PARAMETER").status);
    EXPECT_EQ(200, udp.request("GET_PARAMETER").status);
}

TEST(Bans, WhoIsBannedLeavesAndStaysOutside)
{
    test::TestStudio studio;
    studio.addPattern("cam");
    RtspPlayer tcp(studio.url("cam"));
    RtspPlayer udp(studio.url("cam"));
    tcp.play(RtspPlayer::Over::Tcp);
    udp.play(RtspPlayer::Over::Udp);
    tcp.nextPicture();
    const auto setBanned = [&](const std::string &address, bool banned) {
        return await([&](Reply<> reply) { studio->setBanned(address, banned, std::move(reply)); });
    };
    EXPECT_FALSE(setBanned("not an address", true));
    ASSERT_TRUE(setBanned("127.0.0.1", true));
    EXPECT_TRUE(tcp.isClosedWithin(std::chrono::seconds(30)));
    const auto snapshot = studio.waitFor([](const Snapshot &s) { return s.viewers.empty(); });
    EXPECT_EQ(std::vector<std::string>{"127.0.0.1"}, snapshot->banned);
    EXPECT_THROW(RtspPlayer(studio.url("cam")).request("OPTIONS"), std::runtime_error);
    ASSERT_TRUE(setBanned("127.0.0.1", false));
    EXPECT_EQ(200, RtspPlayer(studio.url("cam")).request("OPTIONS").status);
}
