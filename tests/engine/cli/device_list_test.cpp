#include "cli/device_list.h"
#include "cli/source_spec.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace heliograph;
using namespace heliograph::cli;

namespace {

const std::vector<DeviceInfo> devices = {
    {"v4l2:usb-1",
     "Front \"Door\"",
     "webcam",
     {{640, 480, 29.97, "YUY2"}, {320, 240, 15, "MJPEG"}}},
    {"window:Editor/a,b\\c", "a,b\\c \xff", "webcam", {}, DeviceKind::Window},
    {"screen", "Whole screen", "webcam", {{1920, 1080, 0, "BGRx"}}, DeviceKind::Screen},
};

} // namespace

TEST(DeviceList, JsonHasEveryDeviceWithItsModes)
{
    const std::string line = toJson(devices);
    EXPECT_EQ(line.size() - 1, line.find('\n'));
    const auto list = nlohmann::json::parse(line).at("devices");
    ASSERT_EQ(3u, list.size());
    EXPECT_EQ("v4l2:usb-1", list[0].at("id"));
    EXPECT_EQ("Front \"Door\"", list[0].at("name"));
    EXPECT_EQ("camera", list[0].at("kind"));
    EXPECT_EQ(2u, list[0].at("modes").size());
    EXPECT_EQ(640, list[0].at("modes")[0].at("width"));
    EXPECT_EQ(480, list[0].at("modes")[0].at("height"));
    EXPECT_EQ(29.97, list[0].at("modes")[0].at("maximumFps"));
    EXPECT_EQ("YUY2", list[0].at("modes")[0].at("format"));
    EXPECT_EQ("window", list[1].at("kind"));
    EXPECT_TRUE(list[1].at("modes").empty());
    EXPECT_EQ("screen", list[2].at("kind"));
    EXPECT_TRUE(list[2].at("modes")[0].at("maximumFps").is_null());
    EXPECT_EQ(0u, nlohmann::json::parse(toJson({})).at("devices").size());
}

TEST(DeviceList, SoundHasRatesAndChannelsInsteadOfModes)
{
    DeviceInfo microphone{"microphone:m", "Mic", "microphone", {}, DeviceKind::Microphone};
    microphone.sampleRates = {48000, 44100};
    microphone.channels = {2, 1};
    DeviceInfo speaker{"monitor:s", "Box", "microphone", {}, DeviceKind::Loudspeaker};
    speaker.channels = {1};
    const auto list = nlohmann::json::parse(toJson({microphone, speaker})).at("devices");
    EXPECT_EQ("microphone", list[0].at("kind"));
    EXPECT_EQ(microphone.sampleRates, list[0].at("sampleRates"));
    EXPECT_EQ(microphone.channels, list[0].at("channels"));
    EXPECT_EQ("loudspeaker", list[1].at("kind"));
    EXPECT_TRUE(list[1].at("sampleRates").empty());
    EXPECT_EQ("Mic\n  microphone:device=microphone:m\n  up to 48000 Hz\n  up to 2 channels\n"
              "Box\n  microphone:device=monitor:s\n  up to 1 channel\n",
              toText({microphone, speaker}));
    const auto others = nlohmann::json::parse(toJson(devices)).at("devices");
    for (const auto &device : others)
        EXPECT_FALSE(device.contains("channels"));
    EXPECT_TRUE(toText({}).starts_with("No camera, no microphone and no screen was found."));
}

TEST(DeviceList, WhatItPrintsCanBeGivenToSource)
{
    const auto list = nlohmann::json::parse(toJson(devices)).at("devices");
    const std::string text = toText(devices);
    for (std::size_t i = 0; i < devices.size(); ++i) {
        const auto spec = list[i].at("source").get<std::string>();
        EXPECT_EQ(devices[i].id, textOf(parseSourceSpec(spec).value().settings, "device"));
        EXPECT_NE(std::string::npos, text.find("\n  " + spec + "\n")) << text;
    }
    EXPECT_NE(std::string::npos, text.find("  640x480 up to 29.97 fps YUY2\n")) << text;
    EXPECT_NE(std::string::npos, text.find("  1920x1080 BGRx\n")) << text;
}
