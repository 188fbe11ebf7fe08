#include "wire/rtmp/control.h"

#include "engine/media/hex.h"

#include <gtest/gtest.h>

namespace heliograph::rtmp {

using test::hex;

namespace {

struct ControlCase {
    const char *name;
    Control control;
    const char *payload;
};

std::vector<ControlCase> controlCases()
{
    using Event = UserControl::Event;
    using Limit = SetPeerBandwidth::Limit;
    return {
        {"set chunk size", SetChunkSize{65536}, "00010000"},
        {"largest chunk size", SetChunkSize{0x7FFFFFFF}, "7fffffff"},
        {"abort", Abort{6}, "00000006"},
        {"acknowledgement", Acknowledgement{0xFFFFFFFF}, "ffffffff"},
        {"window", WindowAckSize{2500000}, "002625a0"},
        {"bandwidth", SetPeerBandwidth{2500000, Limit::Soft}, "002625a0 01"},
        {"stream begin", UserControl{Event::StreamBegin, 1, 0}, "0000 00000001"},
        {"stream end", UserControl{Event::StreamEof, 1, 0}, "0001 00000001"},
        {"stream dry", UserControl{Event::StreamDry, 1, 0}, "0002 00000001"},
        {"buffer length", UserControl{Event::SetBufferLength, 1, 3000}, "0003 00000001 00000bb8"},
        {"recorded", UserControl{Event::StreamIsRecorded, 1, 0}, "0004 00000001"},
        {"ping", UserControl{Event::PingRequest, 12345, 0}, "0006 00003039"},
        {"pong", UserControl{Event::PingResponse, 12345, 0}, "0007 00003039"},
        {"what nobody knows", UserControl{Event(31), 7, 0}, "001f 00000007"},
    };
}

} // namespace

TEST(RtmpControl, T6_T7_T17_ReadsAndWritesEveryCase)
{
    for (const ControlCase &item : controlCases()) {
        SCOPED_TRACE(item.name);
        EXPECT_EQ(writePayload(item.control), hex(item.payload));
        EXPECT_EQ(parseControl(typeOf(item.control), hex(item.payload)), item.control);
    }
}

TEST(RtmpControl, T6_IsOneChunkOnChunkStreamTwo)
{
    EXPECT_EQ(writeControl(SetChunkSize{65536}), hex("02 000000 000004 01 00000000 00010000"));
    EXPECT_EQ(writeControl(UserControl{UserControl::Event::PingRequest, 1, 0}),
              hex("02 000000 000006 04 00000000 0006 00000001"));
}

TEST(RtmpControl, ShortOnesAreRefused)
{
    for (const ControlCase &item : controlCases()) {
        const auto payload = hex(item.payload);
        const std::size_t needed = std::holds_alternative<SetPeerBandwidth>(item.control)
            ? 4 // without the kind of limit, as some send it
            : payload.size();
        EXPECT_FALSE(parseControl(typeOf(item.control), ByteSpan(payload).first(needed - 1)))
            << item.name;
    }
    EXPECT_EQ(parseControl(MessageType::SetPeerBandwidth, hex("00000005 09")),
              Control(SetPeerBandwidth{5, SetPeerBandwidth::Limit::Dynamic}));
}

TEST(RtmpControl, T6_AChunkSizeIsFromOneToThirtyOneBits)
{
    EXPECT_FALSE(parseControl(MessageType::SetChunkSize, hex("00000000")));
    EXPECT_FALSE(parseControl(MessageType::SetChunkSize, hex("80000000")));
    EXPECT_TRUE(parseControl(MessageType::SetChunkSize, hex("00000001")));
}

} // namespace heliograph::rtmp
