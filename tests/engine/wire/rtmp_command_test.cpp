#include "wire/rtmp/command.h"

#include "engine/media/hex.h"

#include <gtest/gtest.h>

namespace heliograph::rtmp {

using amf0::Value;
using test::hex;

namespace {

constexpr const char *connectHex = "02 0007 636f6e6e656374 00 3ff0000000000000 "
                                   "03 0003 617070 02 0004 6c697665 0000 09 02 0001 78";

Command connectCommand()
{
    return {"connect", 1, Value::object({{"app", "live"}}), {"x"}};
}

} // namespace

TEST(RtmpCommand, T8_ReadsAndWritesACommand)
{
    EXPECT_EQ(writeCommand(connectCommand()), hex(connectHex));
    EXPECT_TRUE(parseCommand(MessageType::CommandAmf0, hex(connectHex)) == connectCommand());
    EXPECT_EQ(connectCommand().argument(0).string(), "x");
    EXPECT_TRUE(connectCommand().argument(1).isNull());
}

TEST(RtmpCommand, T8_AnAmf3CommandHasAZeroInFront)
{
    const auto amf3 = hex(std::string("00 ") + connectHex);
    EXPECT_TRUE(parseCommand(MessageType::CommandAmf3, amf3) == connectCommand());
    EXPECT_TRUE(parseCommand(MessageType::CommandAmf3, hex(connectHex)) == connectCommand());
    EXPECT_FALSE(parseCommand(MessageType::CommandAmf0, amf3)); // its name would be a number
}

TEST(RtmpCommand, T9_WhatIsMissingIsNull)
{
    EXPECT_TRUE(parseCommand(MessageType::CommandAmf0, hex("02 0001 61"))
                == (Command{"a", 0, {}, {}}));
    EXPECT_TRUE(parseCommand(MessageType::CommandAmf0, hex("02 0001 61 05 05"))
                == (Command{"a", 0, {}, {}}));
    EXPECT_TRUE(parseCommand(MessageType::CommandAmf0, hex("02 0001 61 00 4000000000000000"))
                == (Command{"a", 2, {}, {}}));
}

TEST(RtmpCommand, WithoutANameItIsNone)
{
    for (const char *bytes : {"", "05", "00 4000000000000000", "02 0005 61"}) {
        const auto command = parseCommand(MessageType::CommandAmf0, hex(bytes));
        ASSERT_FALSE(command) << bytes;
        EXPECT_EQ(command.error().code, ErrorCode::Malformed);
    }
}

TEST(RtmpCommand, T8_AStatusIsAnObjectOfThree)
{
    const Value object = status("status", "NetStream.Play.Start", "Playing.");
    EXPECT_EQ(object.kind(), Value::Kind::Object);
    EXPECT_EQ(object.find("level")->string(), "status");
    EXPECT_EQ(object.find("code")->string(), "NetStream.Play.Start");
    EXPECT_EQ(object.find("description")->string(), "Playing.");
}

TEST(RtmpData, T11_ReadsAndWritesData)
{
    const Data access{"|RtmpSampleAccess", {true, true}};
    const auto bytes = hex("02 0011 7c52746d7053616d706c65416363657373 01 01 01 01");
    EXPECT_EQ(writeData(access), bytes);
    EXPECT_TRUE(parseData(MessageType::DataAmf0, bytes) == access);
    auto amf3 = bytes;
    amf3.insert(amf3.begin(), 0);
    EXPECT_TRUE(parseData(MessageType::DataAmf3, amf3) == access);
}

// The peer's stream key is in there.
TEST(RtmpCommand, T24_AnErrorQuotesNothing)
{
    const auto command =
        parseCommand(MessageType::CommandAmf0, hex("02 0007 7075626c697368 00 05 05 02 00ff 7365"));
    ASSERT_FALSE(command);
    EXPECT_EQ(command.error().detail, "read RTMP command › read AMF0 › short");
}

} // namespace heliograph::rtmp
