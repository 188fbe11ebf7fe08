// Connections as they begin and talk, over real sockets.
#include "support/rtmp_client.h"
#include "support/sockets.h"
#include "support/test_studio.h"

#include <gtest/gtest.h>
#include <unistd.h>

using namespace heliograph;
using namespace heliograph::rtmp;
using test::RtmpClient;

namespace {

class RtmpConnection : public testing::Test {
protected:
    RtmpConnection()
        : m_port(m_studio.serveRtmp())
    {
        m_studio.addPattern("cam");
    }

    test::TestStudio m_studio;
    std::uint16_t m_port;
};

std::string textOf(const amf0::Value &object, const char *name)
{
    const amf0::Value *value = object.find(name);
    return std::string(value ? value->string().value_or("") : "");
}

} // namespace

TEST_F(RtmpConnection, T1_WhoDoesNotShakeHandsIsClosedAfterTenSeconds)
{
    const int silent = test::connectTcp("127.0.0.1", m_port);
    EXPECT_TRUE(test::isReadable(silent, std::chrono::seconds(40))); // the end of the connection
    char byte = 0;
    EXPECT_EQ(0, ::read(silent, &byte, 1));
    ::close(silent);
    RtmpClient other(m_port);
    EXPECT_EQ("NetStream.Play.Start", other.play("live", "cam"));
}

TEST_F(RtmpConnection, T6_ChunkSizesAreObeyedInTheMiddleOfASession)
{
    RtmpClient client(m_port);
    client.send(SetChunkSize{1});
    EXPECT_EQ("NetConnection.Connect.Success", textOf(client.connect("live"), "code"));
    client.send(SetChunkSize{65536});
    const std::uint32_t stream = client.createStream();
    client.send(SetChunkSize{7});
    client.sendCommand(stream, "play", {"cam"});
    EXPECT_EQ("NetStream.Play.Reset", client.nextStatus());
    EXPECT_EQ("NetStream.Play.Start", client.nextStatus());
    client.nextPicture();
}

TEST_F(RtmpConnection, T6_OurChunkSizeComesBeforeAnythingLarge)
{
    RtmpClient client(m_port);
    client.send({{chunk_stream::command, MessageType::CommandAmf0, 0, 0},
                 Bytes(writeCommand({"connect", 1, amf0::Value::object({{"app", "live"}}), {}}))});
    std::vector<MessageType> types;
    while (types.empty() || types.back() != MessageType::CommandAmf0)
        types.push_back(client.next().head.type);
    // Set Chunk Size is obeyed by the reader, and not handed on.
    EXPECT_EQ((std::vector{MessageType::WindowAckSize, MessageType::SetPeerBandwidth,
                           MessageType::CommandAmf0}),
              types);
}

TEST_F(RtmpConnection, T7_WhatWasReceivedIsAcknowledgedEachWindow)
{
    RtmpClient client(m_port);
    client.connect("live");
    client.send(WindowAckSize{5000});
    const std::vector<std::uint8_t> body(3000, 1);
    std::vector<std::uint32_t> told;
    for (int i = 0; i < 2; ++i) {
        for (int j = 0; j < 2; ++j)
            client.send(
                {{chunk_stream::data, MessageType::SharedObjectAmf0, 0, 0}, Bytes::copyOf(body)});
        const Message message = client.next(MessageType::Acknowledgement);
        told.push_back(
            std::get<Acknowledgement>(parseControl(message.head.type, message.payload).value())
                .bytes);
    }
    EXPECT_GE(told[1] - told[0], 5000u);
}

TEST_F(RtmpConnection, T8_ConnectIsAnsweredAsPlayersExpect)
{
    RtmpClient client(m_port);
    const auto answer =
        client.call("connect", amf0::Value::object({{"app", "live"}, {"objectEncoding", 3}}));
    EXPECT_EQ("_result", answer.name);
    EXPECT_FALSE(textOf(answer.object, "fmsVer").empty());
    EXPECT_EQ(31, answer.object.find("capabilities")->number());
    const amf0::Value &information = answer.argument(0);
    EXPECT_EQ("status", textOf(information, "level"));
    EXPECT_EQ("NetConnection.Connect.Success", textOf(information, "code"));
    EXPECT_FALSE(textOf(information, "description").empty());
    EXPECT_EQ(3, information.find("objectEncoding")->number());
}

TEST_F(RtmpConnection, T8_CommandsInTheFormOfAmf3AreTaken)
{
    RtmpClient client(m_port);
    std::vector<std::uint8_t> body = {0};
    const auto command = writeCommand({"connect", 9, amf0::Value::object({{"app", "live"}}), {}});
    body.insert(body.end(), command.begin(), command.end());
    client.send({{chunk_stream::command, MessageType::CommandAmf3, 0, 0}, Bytes(std::move(body))});
    const Message answer = client.next(MessageType::CommandAmf0);
    EXPECT_EQ(9, parseCommand(answer.head.type, answer.payload)->transaction);
}

TEST_F(RtmpConnection, T8_ABadAppIsRejectedInWordsAndTheConnectionEnds)
{
    RtmpClient client(m_port);
    const auto answer = client.call("connect", amf0::Value::object({{"app", "a\nb"}}));
    EXPECT_EQ("_error", answer.name);
    EXPECT_EQ("NetConnection.Connect.Rejected", textOf(answer.argument(0), "code"));
    EXPECT_FALSE(textOf(answer.argument(0), "description").empty());
    EXPECT_TRUE(client.isClosedWithin(std::chrono::seconds(30)));
}

TEST_F(RtmpConnection, T9_WhatEncodersAndPlayersSayOnTheSideIsAnsweredAndBreaksNothing)
{
    RtmpClient client(m_port);
    EXPECT_EQ("_result", client.call("releaseStream", {}, {"key"}).name); // before connect
    EXPECT_EQ("_result", client.call("FCPublish", {}, {"key"}).name);
    client.connect("live");
    for (const char *name : {"releaseStream", "FCPublish", "_checkbw", "getStreamLength",
                             "FCSubscribe", "FCUnpublish"})
        EXPECT_EQ("_result", client.call(name, {}, {"cam"}).name) << name;
    client.sendCommand(0, "nobodyKnowsThis", {1, 2}, 99);
    const std::uint32_t stream = client.createStream();
    client.sendCommand(stream, "play", {"cam"});
    client.nextPicture();
}

TEST_F(RtmpConnection, T10_StreamsAreNumberedFromOneAndEndWithTheirDeletion)
{
    RtmpClient client(m_port);
    EXPECT_EQ("NetStream.Play.Start", client.play("live", "cam"));
    EXPECT_EQ(1u, client.stream());
    client.nextPicture();
    m_studio.waitFor([](const Snapshot &s) { return s.viewers.size() == 1; });
    client.sendCommand(0, "deleteStream", {1});
    m_studio.waitFor([](const Snapshot &s) { return s.viewers.empty(); });
    const std::uint32_t next = client.createStream();
    EXPECT_GT(next, 1u);
    client.sendCommand(next, "play", {"cam"});
    EXPECT_EQ(next, client.nextPicture().message.head.streamId);
}

TEST_F(RtmpConnection, T10_NobodyHasStreamsWithoutEnd)
{
    RtmpClient client(m_port);
    client.connect("live");
    for (int i = 0; i < 16; ++i)
        EXPECT_EQ("_result", client.call("createStream").name);
    EXPECT_EQ("_error", client.call("createStream").name);
}

TEST_F(RtmpConnection, T17_APingIsAnswered)
{
    RtmpClient client(m_port);
    client.connect("live");
    client.send(UserControl{UserControl::Event::PingRequest, 1234, 0});
    const auto control =
        parseControl(MessageType::UserControl, client.next(MessageType::UserControl).payload);
    EXPECT_EQ((UserControl{UserControl::Event::PingResponse, 1234, 0}),
              std::get<UserControl>(control.value()));
}

TEST_F(RtmpConnection, T21_WhatNobodyKnowsIsSkippedAndATooLargeMessageEndsTheConnection)
{
    RtmpClient client(m_port);
    EXPECT_EQ("NetStream.Play.Start", client.play("live", "cam"));
    const std::vector<std::uint8_t> body(500, 0x55);
    for (const int type : {7, 16, 19, 22, 99})
        client.send({{5, MessageType(type), client.stream(), 0}, Bytes::copyOf(body)});
    client.nextPicture();
    EXPECT_EQ("_result", client.call("getStreamLength").name);
    RtmpClient greedy(m_port);
    greedy.connect("live");
    const std::vector<std::uint8_t> large(100'000, 1); // nobody who has not begun needs so much
    try {
        greedy.send({{5, MessageType::DataAmf0, 0, 0}, Bytes::copyOf(large)});
    } catch (const std::runtime_error &) {
    } // it was closed before all was sent
    EXPECT_TRUE(greedy.isClosedWithin(std::chrono::seconds(30)));
    client.nextPicture();
}

TEST_F(RtmpConnection, X1_WhatWeForwardIsToldToWhoAsks)
{
    RtmpClient old(m_port);
    EXPECT_EQ(nullptr, old.connect("live").find("fourCcList"));
    RtmpClient modern(m_port);
    const auto answer =
        modern.connect("live", {{"fourCcList", amf0::Value::strictArray({"*"})}, {"capsEx", 0}});
    EXPECT_NE(nullptr, answer.find("fourCcList"));
    EXPECT_NE(nullptr, answer.find("videoFourCcInfoMap"));
    EXPECT_NE(nullptr, answer.find("capsEx"));
}

TEST_F(RtmpConnection, RtmpsCarriesTheSame)
{
    const auto folder =
        std::filesystem::temp_directory_path() / ("heliograph-rtmps-" + std::to_string(::getpid()));
    ::setenv("XDG_DATA_HOME", folder.c_str(), 1);
    test::TestStudio studio;
    studio.serveRtmp({{"tls", true}, {"tls_port", std::int64_t(0)}});
    studio.addPattern("cam");
    const auto snapshot =
        studio.waitFor([](const Snapshot &s) { return s.outputs.at(1).securePort != 0; });
    RtmpClient client(snapshot->outputs[1].securePort, "127.0.0.1", RtmpClient::Secure::Yes);
    EXPECT_EQ("NetStream.Play.Start", client.play("live", "cam"));
    for (int i = 0; i < 20; ++i)
        client.nextPicture();
    std::filesystem::remove_all(folder);
}
