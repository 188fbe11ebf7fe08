// Codecs that not every player can play: who gets them, and who is told why not.
#include "outputs/rtmp/ability.h"

#include "engine/rtmp/bare_player.h"
#include "wire/rtmp/audio_tag.h"
#include "wire/rtmp/video_tag.h"

#include <gtest/gtest.h>

using namespace heliograph;
using namespace heliograph::rtmp;

namespace {

std::shared_ptr<const Track> trackOf(OpaqueCodec codec)
{
    const bool isVideo = codec <= OpaqueCodec::Vp9;
    return std::make_shared<const Track>(Track{isVideo ? TrackId::Video : TrackId::Audio, 1,
                                               OpaqueConfig{.codec = codec, .header = Bytes({9})}});
}

const auto avc = std::make_shared<const Track>(Track{TrackId::Video, 1, H264Config{}});
const auto av1 = trackOf(OpaqueCodec::Av1);
const auto opus = trackOf(OpaqueCodec::Opus);

Capabilities saying(amf0::Properties properties)
{
    return Capabilities::of(amf0::Value::object(std::move(properties)));
}

amf0::Value list(amf0::Items names)
{
    return amf0::Value::strictArray(std::move(names));
}

class RtmpAbility : public testing::Test {
protected:
    RtmpAbility() { m_stream.restart({TrackId::Video, TrackId::Audio}); }

    void push(const std::shared_ptr<const Track> &track)
    {
        auto unit = std::make_shared<AccessUnit>();
        unit->track = track->id;
        unit->config = track;
        unit->keyframe = true;
        unit->dts = m_bare.clock.now();
        unit->pts = unit->dts;
        unit->units.push_back(Bytes({1, 2, 3}));
        m_stream.push(unit);
        m_bare.loop.runReady();
    }
    void play(test::BarePlayer &player, amf0::Properties says)
    {
        says.push_back({"app", "live"});
        player.command("connect", 0, amf0::Value::object(std::move(says)));
        player.command("createStream", 0);
        player.command("play", 1, {}, {"other"});
    }

    test::BareRtmpServer m_bare;
    Stream &m_stream = m_bare.addStream("other");
};

struct Heard {
    std::string code; // of the last status
    std::string description;
    std::vector<FourCc> pictures;
    std::vector<FourCc> sounds;
};

Heard hear(test::BarePlayer &player)
{
    Heard heard;
    for (const Message &message : player.messages()) {
        if (message.head.type == MessageType::Video)
            heard.pictures.push_back(parseVideoTag(message.payload).value().codec);
        else if (message.head.type == MessageType::Audio)
            heard.sounds.push_back(parseAudioTag(message.payload).value().codec);
        else if (isCommand(message.head.type)) {
            const auto command = parseCommand(message.head.type, message.payload).value();
            if (command.name == "onStatus") {
                heard.code = command.argument(0).find("code")->string().value_or("");
                heard.description = command.argument(0).find("description")->string().value_or("");
            }
        }
    }
    return heard;
}

} // namespace

TEST(RtmpAbilityOf, X2_WhatAPlayerSaysDecides)
{
    EXPECT_FALSE(whyNotPlayable({}, {avc, opus})); // the sound is left out
    EXPECT_TRUE(whyNotPlayable({}, {av1, opus}));
    EXPECT_TRUE(whyNotPlayable({}, {opus}));
    EXPECT_TRUE(whyNotPlayable(saying({{"fourCcList", list({"hvc1"})}}), {av1}));
    EXPECT_FALSE(whyNotPlayable(saying({{"fourCcList", list({"av01"})}}), {av1, opus}));
    EXPECT_FALSE(whyNotPlayable(saying({{"fourCcList", list({"*"})}}), {av1, opus}));
    EXPECT_TRUE(
        canTake(saying({{"audioFourCcInfoMap", amf0::Value::object({{"Opus", 1}})}}), *opus));
    EXPECT_FALSE(
        canTake(saying({{"audioFourCcInfoMap", amf0::Value::object({{"Opus", 2}})}}), *opus));
    EXPECT_NE(std::string::npos, whyNotPlayable({}, {av1})->find("AV1"));
}

TEST_F(RtmpAbility, X2_APlayerThatCannotIsToldSoInWordsAndGetsNothing)
{
    push(av1);
    push(opus);
    test::BarePlayer player(m_bare);
    play(player, {});
    push(av1);
    const Heard heard = hear(player);
    EXPECT_EQ("NetStream.Play.Failed", heard.code);
    EXPECT_NE(std::string::npos, heard.description.find("AV1"));
    EXPECT_TRUE(heard.pictures.empty());
    EXPECT_TRUE(heard.sounds.empty());
}

TEST_F(RtmpAbility, X2_APlayerThatCanGetsTheFourCcsWithTheirHeaders)
{
    push(av1);
    push(opus);
    test::BarePlayer player(m_bare);
    play(player, {{"fourCcList", list({"*"})}});
    push(av1);
    push(opus);
    const Heard heard = hear(player);
    EXPECT_EQ("NetStream.Play.Start", heard.code);
    ASSERT_GE(heard.pictures.size(), 2u); // the header, a picture
    EXPECT_EQ(four_cc::av1, heard.pictures[0]);
    ASSERT_GE(heard.sounds.size(), 2u);
    EXPECT_EQ(four_cc::opus, heard.sounds[0]);
}

TEST_F(RtmpAbility, X2_SoundThatItCannotPlayIsLeftOut)
{
    push(av1);
    push(opus);
    test::BarePlayer player(m_bare);
    play(player, {{"fourCcList", list({"av01"})}});
    push(av1);
    push(opus);
    const Heard heard = hear(player);
    EXPECT_FALSE(heard.pictures.empty());
    EXPECT_TRUE(heard.sounds.empty());
}

TEST_F(RtmpAbility, X2_ASourceThatComesBackWithAnotherCodecIsJudgedAnew)
{
    push(trackOf(OpaqueCodec::Vp9));
    push(opus);
    test::BarePlayer player(m_bare);
    play(player, {{"fourCcList", list({"vp09"})}});
    push(trackOf(OpaqueCodec::Vp9));
    EXPECT_FALSE(hear(player).pictures.empty());
    push(av1);
    const Heard heard = hear(player);
    EXPECT_EQ("NetStream.Play.Failed", heard.code);
    EXPECT_TRUE(heard.pictures.empty());
}
