// Encoders that send, over the server without a network: what reaches the door of a source.
#include "engine/rtmp/bare_player.h"

#include <gtest/gtest.h>

using namespace heliograph;
using namespace heliograph::rtmp;
using std::chrono::milliseconds;
using test::BarePlayer;

namespace {

class RtmpPublish : public testing::Test {
protected:
    std::shared_ptr<IngestDoor> open(const std::string &key, IngestDoor::TakeOver policy)
    {
        auto door = std::make_shared<IngestDoor>(policy);
        m_places.push_back(m_bare.desk.take(key, door));
        return door;
    }
    void publish(BarePlayer &encoder, const std::string &app, const std::string &name)
    {
        encoder.command("connect", 0, amf0::Value::object({{"app", app}}));
        encoder.command("createStream", 0);
        encoder.command("publish", 1, {}, {name, "live"});
    }
    std::string lastStatus(BarePlayer &encoder)
    {
        const auto codes = encoder.statuses();
        return codes.empty() ? "" : codes.back();
    }
    static std::vector<PublishedItem::Kind> kinds(IngestDoor &door)
    {
        std::vector<PublishedItem::Kind> all;
        while (const auto item = door.take(milliseconds(0), {}))
            all.push_back(item->kind);
        return all;
    }

    test::BareRtmpServer m_bare;
    std::vector<std::unique_ptr<IngestDesk::Place>> m_places;
};

using Kind = PublishedItem::Kind;

} // namespace

TEST_F(RtmpPublish, T20_TheStreamKeyOpensTheDoorHoweverItIsWritten)
{
    for (const auto &[app, name] :
         {std::pair("live", "sesame"), std::pair("live", "sesame?token=1"), std::pair("sesame", ""),
          std::pair("", "sesame"), std::pair("live", "%73esame")}) {
        const auto door = open("sesame", IngestDoor::TakeOver::NewestWins);
        BarePlayer encoder(m_bare);
        publish(encoder, app, name);
        EXPECT_EQ("NetStream.Publish.Start", lastStatus(encoder)) << app << " " << name;
        encoder.message(MessageType::DataAmf0, {1, 2});
        encoder.message(MessageType::Video, {0x17, 0, 0, 0, 0});
        encoder.message(MessageType::Audio, {0xaf, 0});
        encoder.command("deleteStream", 0, {}, {1});
        EXPECT_EQ((std::vector{Kind::Begin, Kind::Data, Kind::Picture, Kind::Sound, Kind::End}),
                  kinds(*door));
        m_places.clear();
    }
}

TEST_F(RtmpPublish, AWrongKeyIsRefusedAndTheGuesserWaitsLongerAndLonger)
{
    for (int i = 0; i < Doorkeeper::freeFailures; ++i) {
        BarePlayer encoder(m_bare);
        publish(encoder, "live", "guess");
        EXPECT_EQ("NetStream.Publish.BadName", lastStatus(encoder));
        m_bare.loop.runReady();
        EXPECT_EQ(nullptr, encoder.peer()->open);
    }
    BarePlayer encoder(m_bare);
    publish(encoder, "live", "guess");
    EXPECT_EQ("", lastStatus(encoder)); // not yet
}

TEST_F(RtmpPublish, T19_TheNewestWinsOrIsRefusedAsTheDoorSays)
{
    const auto open1 = open("open", IngestDoor::TakeOver::NewestWins);
    BarePlayer first(m_bare);
    publish(first, "live", "open");
    BarePlayer second(m_bare);
    publish(second, "live", "open");
    EXPECT_EQ("NetStream.Publish.Start", lastStatus(second));
    EXPECT_EQ("NetStream.Publish.BadName", lastStatus(first));
    m_bare.loop.runReady();
    EXPECT_EQ(nullptr, first.peer()->open);
    EXPECT_EQ((std::vector{Kind::Begin, Kind::End, Kind::Begin}), kinds(*open1));

    const auto strict = open("strict", IngestDoor::TakeOver::Refuse);
    BarePlayer third(m_bare);
    publish(third, "live", "strict");
    BarePlayer fourth(m_bare);
    publish(fourth, "live", "strict");
    EXPECT_EQ("NetStream.Publish.Start", lastStatus(third));
    EXPECT_EQ("NetStream.Publish.BadName", lastStatus(fourth));
    EXPECT_EQ(std::vector{Kind::Begin}, kinds(*strict));
}

// Not somebody else, who would be refused, or whose place it would take.
TEST_F(RtmpPublish, WhoSaysItTwiceBeginsAnewOnTheSameConnection)
{
    for (const auto policy : {IngestDoor::TakeOver::NewestWins, IngestDoor::TakeOver::Refuse}) {
        const auto door = open("key", policy);
        BarePlayer encoder(m_bare);
        publish(encoder, "live", "key");
        encoder.command("publish", 1, {}, {"key", "live"});
        EXPECT_EQ("NetStream.Publish.Start", lastStatus(encoder));
        m_bare.loop.runReady();
        EXPECT_NE(nullptr, encoder.peer()->open);
        EXPECT_EQ((std::vector{Kind::Begin, Kind::End, Kind::Begin}), kinds(*door));
        m_places.clear();
    }
}

TEST_F(RtmpPublish, T19_AStalePublisherIsFoundWithinTenSeconds)
{
    const auto door = open("key", IngestDoor::TakeOver::Refuse);
    BarePlayer encoder(m_bare);
    publish(encoder, "live", "key");
    m_bare.pass(std::chrono::seconds(9));
    EXPECT_NE(nullptr, encoder.peer()->open);
    EXPECT_EQ(std::vector{Kind::Begin}, kinds(*door));
    encoder.message(MessageType::Audio, {0xaf, 1, 2});
    m_bare.pass(std::chrono::seconds(9));
    EXPECT_NE(nullptr, encoder.peer()->open);
    EXPECT_EQ(std::vector{Kind::Sound}, kinds(*door));
    m_bare.pass(std::chrono::seconds(2));
    EXPECT_EQ(nullptr, encoder.peer()->open);
    EXPECT_EQ(std::vector{Kind::End}, kinds(*door));
}

// Its source begins anew: so must the encoder, which comes again by itself.
TEST_F(RtmpPublish, ADoorThatClosesEndsItsPublisher)
{
    const auto door = open("key", IngestDoor::TakeOver::Refuse);
    BarePlayer encoder(m_bare);
    publish(encoder, "live", "key");
    door->close();
    m_bare.pass(milliseconds(500));
    EXPECT_EQ(nullptr, encoder.peer()->open);
}

TEST_F(RtmpPublish, WhoOnlyPublishesIsNoViewerAndNoStranger)
{
    const auto door = open("key", IngestDoor::TakeOver::Refuse);
    BarePlayer encoder(m_bare);
    publish(encoder, "live", "key");
    for (int i = 0; i < 100; ++i) {
        encoder.message(MessageType::Video, {0x27, 1, 0, 0, 0, 1, 2});
        m_bare.pass(std::chrono::seconds(1));
    }
    EXPECT_NE(nullptr, encoder.peer()->open);
    int viewers = 0;
    m_bare.server->visitViewers([&](Viewer &) { ++viewers; });
    EXPECT_EQ(0, viewers);
}
