// Viewers on several loops: the addresses of 127.0.0.0/8 spread over them.
#include "outputs/rtsp/connection.h"
#include "outputs/rtsp/session.h"
#include "stream/stream.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"

#include <engine/await.h>

#include <gtest/gtest.h>
#include <set>

using namespace heliograph;
using test::RtspPlayer;

namespace {

constexpr int players = 12;

std::string addressOf(int player)
{
    return "127.0.0." + std::to_string(2 + player);
}

class Loops : public testing::Test {
protected:
    // One player an address, over TCP and UDP in turn.
    void playAll()
    {
        for (int i = 0; i < players; ++i) {
            m_players.push_back(std::make_unique<RtspPlayer>(m_studio.url("cam"), addressOf(i)));
            // Over UDP the player listens on 127.0.0.1, another address than it came from.
            m_players.back()->play(RtspPlayer::Over::Tcp);
            EXPECT_TRUE(m_players.back()->nextPicture().keyframe);
        }
    }
    std::shared_ptr<const Snapshot> waitForViewers(std::size_t count)
    {
        return m_studio.waitFor([count](const Snapshot &s) { return s.viewers.size() == count; });
    }

    test::TestStudio m_studio{{{"max_viewers", std::int64_t(players)}}, 3};
    SourceId m_source = m_studio.addPattern("cam");
    std::vector<std::unique_ptr<RtspPlayer>> m_players;
};

} // namespace

TEST_F(Loops, EveryViewerPlaysAndIsInTheOneTable)
{
    playAll();
    for (int i = 0; i < 30; ++i)
        for (auto &player : m_players)
            player->nextPicture();
    for (auto &player : m_players)
        EXPECT_EQ(0u, player->depacketizer().lostPackets());
    const auto snapshot = waitForViewers(players);
    std::set<ViewerId> ids;
    std::set<std::uint32_t> numberings;
    for (const ViewerSnapshot &viewer : snapshot->viewers)
        ids.insert(viewer.id);
    EXPECT_EQ(std::size_t(players), ids.size());
    for (auto &player : m_players)
        numberings.insert(rtp::parsePacket(player->nextPacket(0))->header.ssrc);
    EXPECT_EQ(3u, numberings.size()); // each loop packetizes for itself
    EXPECT_EQ(std::uint64_t(players), snapshot->streams.at(0).viewers);
}

TEST_F(Loops, LimitsKicksAndBansReachAllOfThem)
{
    playAll();
    RtspPlayer late(m_studio.url("cam"), "127.0.0.99");
    EXPECT_EQ(453, late.setUp(RtspPlayer::Over::Tcp, 0).status);
    const auto snapshot = waitForViewers(players);
    for (const ViewerSnapshot &viewer : snapshot->viewers)
        if (viewer.address.starts_with(addressOf(0) + ":")
            || viewer.address.starts_with(addressOf(1) + ":")) {
            EXPECT_TRUE(m_studio.kick(viewer.id));
        }
    EXPECT_TRUE(m_players[0]->isClosedWithin(std::chrono::seconds(30)));
    EXPECT_TRUE(m_players[1]->isClosedWithin(std::chrono::seconds(30)));
    for (int i = 2; i < 6; ++i)
        ASSERT_TRUE(await(
            [&](Reply<> reply) { m_studio->setBanned(addressOf(i), true, std::move(reply)); }));
    for (int i = 2; i < 6; ++i)
        EXPECT_TRUE(m_players[std::size_t(i)]->isClosedWithin(std::chrono::seconds(30))) << i;
    waitForViewers(players - 6);
    const auto told = m_studio.waitFor([](const Snapshot &s) {
        std::uint64_t kicked = 0;
        for (const Notice &notice : s.notices)
            kicked += notice.event == Notice::Event::ViewerKicked ? notice.count : 0;
        return kicked == 6;
    });
    EXPECT_FALSE(told->notices.empty());
}

TEST_F(Loops, UnpublishEndsThemAllAndPublishStartsAnew)
{
    playAll();
    EXPECT_TRUE(await([&](Reply<> reply) { m_studio->unpublish(m_source, std::move(reply)); }));
    for (auto &player : m_players)
        EXPECT_TRUE(player->isClosedWithin(std::chrono::seconds(30)));
    EXPECT_TRUE(m_studio.tryPublish(m_source, {"cam", Audience::ThisComputer}));
    m_players.clear();
    playAll();
}

TEST(LoopsEnd, NothingLivesOn)
{
    {
        test::TestStudio studio({}, 3);
        studio.addPattern("cam");
        std::vector<std::unique_ptr<RtspPlayer>> watching;
        for (int i = 0; i < players; ++i) {
            watching.push_back(std::make_unique<RtspPlayer>(studio.url("cam"), addressOf(i)));
            watching.back()->play(RtspPlayer::Over::Tcp);
        }
        studio->stop();
        for (auto &player : watching)
            EXPECT_TRUE(player->isClosedWithin(std::chrono::seconds(30)));
    }
    EXPECT_EQ(0, rtsp::Session::living());
    EXPECT_EQ(0, rtsp::Connection::living());
    EXPECT_EQ(0, Stream::living());
}
