// Playing, over real sockets: what comes, in which order, and that it can be decoded.
#include "media/aac.h"
#include "support/h264_feed.h"
#include "support/rtmp_client.h"
#include "support/test_studio.h"
#include "wire/rtmp/audio_tag.h"
#include "wire/rtmp/avcc.h"

#include <engine/await.h>

#include <algorithm>
#include <gtest/gtest.h>

using namespace heliograph;
using namespace heliograph::rtmp;
using test::RtmpClient;

namespace {

constexpr std::chrono::seconds soon(3);

class RtmpPlay : public testing::Test {
protected:
    RtmpPlay()
        : m_port(m_studio.serveRtmp())
    {
        m_studio.addPattern("cam");
    }

    SourceId source() { return m_studio.freshSnapshot()->sources.at(0).id; }

    test::TestStudio m_studio;
    std::uint16_t m_port;
};

Command asCommand(const Message &message)
{
    return parseCommand(message.head.type, message.payload).value();
}

} // namespace

TEST_F(RtmpPlay, T11_T14_T15_BeginsInTheOrderThatPlayersRelyOn)
{
    RtmpClient client(m_port);
    client.connect("live");
    const std::uint32_t stream = client.createStream();
    client.sendCommand(stream, "play", {"cam"});
    const auto begin =
        parseControl(MessageType::UserControl, client.next(MessageType::UserControl).payload);
    EXPECT_EQ((UserControl{UserControl::Event::StreamBegin, stream, 0}),
              std::get<UserControl>(begin.value()));
    for (const char *code : {"NetStream.Play.Reset", "NetStream.Play.Start"}) {
        const Message message = client.next();
        EXPECT_EQ(stream, message.head.streamId);
        EXPECT_EQ(code, asCommand(message).argument(0).find("code")->string());
    }
    const Message access = client.next();
    EXPECT_EQ("|RtmpSampleAccess", parseData(access.head.type, access.payload)->name);
    const Message metadata = client.next();
    EXPECT_EQ("onMetaData", parseData(metadata.head.type, metadata.payload)->name);
    const Message header = client.next();
    const auto headerTag = parseVideoTag(header.payload).value();
    EXPECT_EQ(PacketKind::SequenceHeader, headerTag.kind);
    EXPECT_EQ(0x17, header.payload[0]);
    EXPECT_EQ(0u, header.head.timestamp);
    const auto record = parseAvcRecord(Bytes::copyOf(headerTag.body)).value();
    EXPECT_EQ(4, record.lengthSize);
    const Message first = client.next();
    EXPECT_EQ(0x17, first.payload[0]);
    EXPECT_TRUE(parseVideoTag(first.payload)->keyframe);
    EXPECT_EQ(0u, first.head.timestamp);
    for (const Message *message : {&access, &metadata, &header, &first})
        EXPECT_EQ(stream, message->head.streamId);
    const Message second = client.next();
    EXPECT_EQ(0x27, second.payload[0]);
    EXPECT_GT(second.head.timestamp, 10u); // 33, or a few pictures more where the machine is busy
    EXPECT_LT(second.head.timestamp, 8000u);
    // NAL units of the picture, without the sets that the header had already.
    const auto tag = parseVideoTag(first.payload).value();
    const auto nals = splitLengthPrefixed(Bytes::copyOf(tag.body), 4);
    for (const Bytes &nal : *nals)
        EXPECT_TRUE(h264::typeOf(nal) != h264::NalType::Sps
                    && h264::typeOf(nal) != h264::NalType::Pps);
}

TEST_F(RtmpPlay, T11_T14_T15_WithSoundBothHeadersComeBeforeTheFirstKeyframe)
{
    m_studio.addPattern("loud", {{"tone", std::int64_t(440)}});
    RtmpClient client(m_port);
    ASSERT_EQ("NetStream.Play.Start", client.play("live", "loud"));
    std::vector<Message> first(5);
    std::ranges::generate(first, [&] { return client.next(); });
    EXPECT_EQ("|RtmpSampleAccess", parseData(first[0].head.type, first[0].payload)->name);
    EXPECT_EQ("onMetaData", parseData(first[1].head.type, first[1].payload)->name);
    EXPECT_EQ(PacketKind::SequenceHeader, parseVideoTag(first[2].payload)->kind);
    ASSERT_EQ(MessageType::Audio, first[3].head.type);
    EXPECT_EQ(0xaf, first[3].payload[0]);
    const auto header = parseAudioTag(first[3].payload).value();
    EXPECT_EQ(PacketKind::SequenceHeader, header.kind);
    const auto sound = readAudioSpecificConfig(Bytes::copyOf(header.body)).value();
    EXPECT_EQ(48000, sound.sampleRate);
    const auto picture = parseVideoTag(first[4].payload).value();
    EXPECT_TRUE(picture.keyframe && picture.kind == PacketKind::Frames);
    for (const Message &message : first) {
        EXPECT_EQ(client.stream(), message.head.streamId);
        EXPECT_EQ(0u, message.head.timestamp);
    }
    const Message heard = client.next(MessageType::Audio);
    EXPECT_EQ(client.stream(), heard.head.streamId);
    EXPECT_EQ(0xaf, heard.payload[0]);
    EXPECT_EQ(PacketKind::Frames, parseAudioTag(heard.payload)->kind);
    EXPECT_LT(heard.head.timestamp, 8000u); // 21, or a little more where the machine is busy
}

TEST_F(RtmpPlay, T13_TheMetadataSayWhatIsThere)
{
    RtmpClient client(m_port);
    client.play("live", "cam");
    Message message;
    do
        message = client.next(MessageType::DataAmf0);
    while (parseData(message.head.type, message.payload)->name != "onMetaData");
    const auto data = parseData(message.head.type, message.payload).value();
    const amf0::Value &values = data.values.at(0);
    EXPECT_EQ(amf0::Value::Kind::EcmaArray, values.kind());
    EXPECT_EQ(320, values.find("width")->number());
    EXPECT_EQ(240, values.find("height")->number());
    EXPECT_EQ(7, values.find("videocodecid")->number());
    EXPECT_EQ(30, values.find("framerate")->number());
    EXPECT_GT(values.find("videodatarate")->number(), 0);
    EXPECT_FALSE(values.find("encoder")->string()->empty());
}

TEST_F(RtmpPlay, T12_AnUnknownStreamIsToldAndTheConnectionStays)
{
    RtmpClient client(m_port);
    EXPECT_EQ("NetStream.Play.StreamNotFound", client.play("live", "nothing"));
    EXPECT_FALSE(client.lastDescription().empty());
    client.sendCommand(client.stream(), "play", {"cam"});
    client.nextPicture();
}

TEST_F(RtmpPlay, T12_AStreamThatIsStartingIsWaitedFor)
{
    const auto feed = m_studio.openFeed("later");
    RtmpClient client(m_port);
    client.connect("live");
    client.sendCommand(client.createStream(), "play", {"later"});
    EXPECT_FALSE(client.tryNext(MessageType::CommandAmf0, std::chrono::milliseconds(500)));
    ASSERT_TRUE(
        feed->push({test::idrPicture(500), std::chrono::steady_clock::now().time_since_epoch()}));
    EXPECT_EQ("NetStream.Play.Reset", client.nextStatus());
    client.nextPicture();
}

TEST_F(RtmpPlay, T16_ALateJoinerStartsWithAKeyframe)
{
    std::vector<std::unique_ptr<RtmpClient>> clients;
    for (int i = 0; i < 5; ++i) {
        clients.push_back(std::make_unique<RtmpClient>(m_port));
        clients.back()->play("live", "cam");
        EXPECT_TRUE(clients.back()->nextPicture().tag.keyframe);
        clients.front()->nextPicture();
    }
    const auto snapshot = m_studio.waitFor([](const Snapshot &s) { return s.viewers.size() == 5; });
    const ViewerSnapshot &viewer = snapshot->viewers[0];
    EXPECT_EQ("RTMP", viewer.protocol);
    EXPECT_EQ("TCP", viewer.transport);
    EXPECT_EQ("cam", viewer.mount);
    EXPECT_EQ("LNX 9,0,124,2", viewer.userAgent);
    EXPECT_GT(viewer.bytes, 0u);
    EXPECT_GT(viewer.framesSent, 0u);
}

TEST_F(RtmpPlay, T17_TheEndIsTold)
{
    RtmpClient client(m_port);
    client.play("live", "cam");
    client.nextPicture();
    ASSERT_TRUE(await([&](Reply<> reply) { m_studio->unpublish(source(), std::move(reply)); }));
    std::optional<UserControl> control;
    do
        control = std::get<UserControl>(
            parseControl(MessageType::UserControl, client.next(MessageType::UserControl).payload)
                .value());
    while (control->event != UserControl::Event::StreamEof);
    EXPECT_EQ("NetStream.Play.UnpublishNotify", client.nextStatus());
    EXPECT_EQ("NetStream.Play.Stop", client.nextStatus());
}

TEST_F(RtmpPlay, WhoIsKickedIsToldAndGone)
{
    RtmpClient client(m_port);
    client.play("live", "cam");
    const auto snapshot = m_studio.waitFor([](const Snapshot &s) { return s.viewers.size() == 1; });
    ASSERT_TRUE(m_studio.kick(snapshot->viewers[0].id));
    EXPECT_EQ("NetStream.Play.UnpublishNotify", client.nextStatus());
    EXPECT_EQ("removed by the operator", client.lastDescription());
    EXPECT_TRUE(client.isClosedWithin(soon));
}

TEST_F(RtmpPlay, T18_PauseStopsThePicturesAndUnpauseBeginsWithAKeyframe)
{
    RtmpClient client(m_port);
    client.play("live", "cam");
    const auto before = client.nextPicture();
    client.sendCommand(client.stream(), "pause", {true, 100});
    EXPECT_EQ("NetStream.Pause.Notify", client.nextStatus());
    EXPECT_FALSE(client.tryNext(MessageType::Video, std::chrono::milliseconds(400)));
    EXPECT_TRUE(m_studio.freshSnapshot()->viewers.at(0).paused);
    client.sendCommand(client.stream(), "pause", {false, 100});
    EXPECT_EQ("NetStream.Unpause.Notify", client.nextStatus());
    const auto after = client.nextPicture();
    EXPECT_TRUE(after.tag.keyframe);
    EXPECT_GT(after.message.head.timestamp, before.message.head.timestamp + 300);
}

TEST_F(RtmpPlay, T18_WhatIsNotWantedIsNotSentAndNobodySeeks)
{
    RtmpClient client(m_port);
    client.play("live", "cam");
    client.nextPicture();
    client.sendCommand(client.stream(), "receiveVideo", {false});
    client.call("getStreamLength"); // it has been heard
    EXPECT_FALSE(client.tryNext(MessageType::Video, std::chrono::milliseconds(400)));
    client.sendCommand(client.stream(), "receiveVideo", {true});
    EXPECT_TRUE(client.nextPicture().tag.keyframe);
    client.sendCommand(client.stream(), "seek", {5000});
    EXPECT_EQ("NetStream.Seek.Failed", client.nextStatus());
    client.nextPicture();
}

TEST_F(RtmpPlay, T20_AStreamIsFoundHoweverItsAddressIsCut)
{
    m_studio.addPattern("a/b");
    struct Case {
        const char *app;
        const char *name;
    };
    for (const Case &each :
         {Case{"cam", ""}, Case{"live", "cam"}, Case{"", "cam"}, Case{"live/", "/cam"},
          Case{"live", "cam?token=1"}, Case{"live?x=1", "cam"}, Case{"live", "mp4:cam"},
          Case{"a", "b"}, Case{"live/a", "b"}, Case{"a/b", ""}, Case{"live", "%63am"}}) {
        RtmpClient client(m_port);
        EXPECT_EQ("NetStream.Play.Start", client.play(each.app, each.name))
            << each.app << " + " << each.name;
    }
}

// Of two viewers on one connection the chunks would mix up: the second takes the first one's place.
TEST_F(RtmpPlay, ASecondPlayOnAConnectionReplacesTheFirst)
{
    m_studio.addPattern("other");
    RtmpClient client(m_port);
    client.play("live", "cam");
    client.nextPicture();
    const std::uint32_t second = client.createStream();
    client.sendCommand(second, "play", {"other"});
    RtmpClient::Picture picture = client.nextPicture();
    while (picture.message.head.streamId != second)
        picture = client.nextPicture();
    EXPECT_TRUE(picture.tag.keyframe);
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(second, client.nextPicture().message.head.streamId);
    EXPECT_EQ(1u, m_studio.freshSnapshot()->viewers.size());
}

TEST_F(RtmpPlay, T15_ANewPictureSizeComesWithANewSequenceHeader)
{
    RtmpClient client(m_port);
    client.play("live", "cam");
    client.nextPicture();
    SourceConfig config = m_studio.freshSnapshot()->sources.at(0).config;
    config.settings["size"] = std::string("640x480");
    ASSERT_TRUE(m_studio.change(source(), config));
    Message header;
    do
        header = client.next(MessageType::Video);
    while (parseVideoTag(header.payload)->kind != PacketKind::SequenceHeader);
    const auto record = parseAvcRecord(Bytes::copyOf(parseVideoTag(header.payload)->body)).value();
    EXPECT_EQ(640, h264::parseSps(record.sps.at(0))->width);
    EXPECT_GT(header.head.timestamp, 0u);
    const auto next = client.next(MessageType::Video);
    const auto tag = parseVideoTag(next.payload).value();
    EXPECT_TRUE(tag.keyframe);
    // In-band as well, this once: FFmpeg's parser reads them nowhere else.
    const auto nals = splitLengthPrefixed(Bytes::copyOf(tag.body), 4).value();
    ASSERT_LT(2u, nals.size());
    EXPECT_TRUE(std::ranges::equal(record.sps.at(0).span(), nals[0].span()));
    EXPECT_TRUE(std::ranges::equal(record.pps.at(0).span(), nals[1].span()));
}

TEST_F(RtmpPlay, T15_WhoWasPausedWhenThePicturesChangedIsToldTheirConfiguration)
{
    RtmpClient client(m_port);
    client.play("live", "cam");
    client.nextPicture();
    client.sendCommand(client.stream(), "pause", {true, 100});
    EXPECT_EQ("NetStream.Pause.Notify", client.nextStatus());
    SourceConfig config = m_studio.freshSnapshot()->sources.at(0).config;
    config.settings["size"] = std::string("640x480");
    ASSERT_TRUE(m_studio.change(source(), config));
    const auto changed =
        m_studio.waitFor([](const Snapshot &s) { return s.streams.at(0).size.width == 640; });
    m_studio.waitFor([&](const Snapshot &s) { // another one than that which it came with
        return s.streams.at(0).keyframes > changed->streams.at(0).keyframes;
    });
    client.sendCommand(client.stream(), "pause", {false, 100});
    const Message header = client.next(MessageType::Video);
    const auto tag = parseVideoTag(header.payload).value();
    ASSERT_EQ(PacketKind::SequenceHeader, tag.kind);
    const auto record = parseAvcRecord(Bytes::copyOf(tag.body)).value();
    EXPECT_EQ(640, h264::parseSps(record.sps.at(0))->width);
    const Message next = client.next(MessageType::Video);
    EXPECT_TRUE(parseVideoTag(next.payload)->keyframe);
    EXPECT_EQ(header.head.timestamp, next.head.timestamp);
}
