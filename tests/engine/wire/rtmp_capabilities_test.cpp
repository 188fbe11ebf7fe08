#include "wire/rtmp/capabilities.h"

#include <gtest/gtest.h>

namespace heliograph::rtmp {

using amf0::Properties;
using amf0::Value;

namespace {

Capabilities capabilitiesOf(Properties properties)
{
    return Capabilities::of(Value::object(std::move(properties)));
}

} // namespace

TEST(RtmpCapabilities, X2_WhoSaysNothingGetsWhatWasAlwaysThere)
{
    const Capabilities capabilities = capabilitiesOf({{"app", "live"}});
    EXPECT_FALSE(capabilities.isEnhanced());
    EXPECT_TRUE(capabilities.canVideo(four_cc::avc));
    EXPECT_TRUE(capabilities.canAudio(four_cc::aac));
    EXPECT_TRUE(capabilities.canAudio(four_cc::mp3));
    EXPECT_FALSE(capabilities.canVideo(four_cc::hevc));
    EXPECT_FALSE(capabilities.canAudio(four_cc::opus));
    EXPECT_FALSE(capabilities.canReconnect());
    EXPECT_EQ(Capabilities::of(Value()), Capabilities());
}

TEST(RtmpCapabilities, X1_ReadsTheList)
{
    const auto list = Value::strictArray({"hvc1", "Opus", 7, "toolong"});
    const Capabilities capabilities = capabilitiesOf({{"fourCcList", list}});
    EXPECT_TRUE(capabilities.isEnhanced());
    EXPECT_TRUE(capabilities.canVideo(four_cc::hevc));
    EXPECT_TRUE(capabilities.canAudio(four_cc::opus));
    EXPECT_FALSE(capabilities.canVideo(four_cc::av1));
    EXPECT_FALSE(capabilities.canAudio(four_cc::flac));
}

TEST(RtmpCapabilities, X1_ReadsTheMaps)
{
    const Properties video = {{"hvc1", 1}, {"av01", 2}, {"vp09", 4}};
    for (const Value &map : {Value::object(video), Value::ecmaArray(video)}) {
        const Capabilities capabilities = capabilitiesOf({{"videoFourCcInfoMap", map}});
        EXPECT_TRUE(capabilities.canVideo(four_cc::hevc));
        EXPECT_FALSE(capabilities.canVideo(four_cc::av1)); // it can only encode it
        EXPECT_TRUE(capabilities.canVideo(four_cc::vp9)); // it hands it on
        EXPECT_FALSE(capabilities.canAudio(four_cc::opus));
    }
}

TEST(RtmpCapabilities, X1_AStarIsEverything)
{
    const auto star = Value::object({{"*", 4}});
    EXPECT_TRUE(capabilitiesOf({{"audioFourCcInfoMap", star}}).canAudio(four_cc::flac));
    EXPECT_FALSE(capabilitiesOf({{"audioFourCcInfoMap", star}}).canVideo(four_cc::av1));
    const auto all = capabilitiesOf({{"fourCcList", Value::strictArray({"*"})}});
    EXPECT_TRUE(all.canVideo(four_cc::av1) && all.canAudio(four_cc::eac3));
}

TEST(RtmpCapabilities, X1_X7_ReadsCapsEx)
{
    const Capabilities capabilities = capabilitiesOf({{"capsEx", 5}});
    EXPECT_EQ(capabilities.capsEx(), caps_ex::reconnect | caps_ex::modEx);
    EXPECT_TRUE(capabilities.canReconnect());
    EXPECT_FALSE(capabilitiesOf({{"capsEx", 4}}).canReconnect());
    for (const Value &wrong : {Value(-1), Value(1e300), Value("1"), Value()})
        EXPECT_EQ(capabilitiesOf({{"capsEx", wrong}}).capsEx(), 0U);
}

TEST(RtmpCapabilities, X1_EcmaArrayAsTheConnectObject)
{
    const auto object = Value::ecmaArray({{"fourCcList", Value::strictArray({"hvc1"})}});
    EXPECT_TRUE(Capabilities::of(object).canVideo(four_cc::hevc));
}

// What we answer, read as a peer would.
TEST(RtmpCapabilities, X1_OursForwardEverything)
{
    const Capabilities ours = capabilitiesOf(ourCapabilities());
    EXPECT_TRUE(ours.canVideo(four_cc::hevc) && ours.canVideo(four_cc::av1));
    EXPECT_TRUE(ours.canAudio(four_cc::opus) && ours.canAudio(four_cc::eac3));
    EXPECT_TRUE(ours.canReconnect());
    EXPECT_EQ(ourCapabilities()[0].name, "fourCcList");
    EXPECT_EQ(ourCapabilities()[1].value.find("*")->number(), 4);
}

} // namespace heliograph::rtmp
