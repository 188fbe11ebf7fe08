#include "gst/device_node.h"

#include <gtest/gtest.h>

using heliograph::gst::captureNode;

TEST(DeviceNode, OfAnAlsaNameIsTheOneThatItCapturesFrom)
{
    EXPECT_EQ("/dev/snd/pcmC0D0c", captureNode("hw:0,0"));
    EXPECT_EQ("/dev/snd/pcmC1D2c", captureNode("plughw:1,2,3"));
    EXPECT_EQ("/dev/snd/pcmC12D0c", captureNode("front:12"));
}

TEST(DeviceNode, OfAnotherNameIsNotKnown)
{
    for (const char *name : {"", "default", "hw:", "hw:PCH,0", "hw:CARD=PCH,DEV=0"})
        EXPECT_EQ("", captureNode(name)) << name;
}
