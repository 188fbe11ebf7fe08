// What is told of devices, as PipeWire and its PulseAudio side list them.
#include "gst/device_info.h"

#include "gst/init.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace heliograph;

namespace {

struct ListedDevice {
    GstDevice base;
};
struct ListedDeviceClass {
    GstDeviceClass base;
};
G_DEFINE_TYPE(ListedDevice, listed_device, GST_TYPE_DEVICE)
void listed_device_init(ListedDevice *) { }
void listed_device_class_init(ListedDeviceClass *) { }

using DevicePtr = std::shared_ptr<GstDevice>;

DevicePtr device(const char *name, const char *classes, const char *properties)
{
    gst::ensureInitialized();
    const gst::Handle<GstStructure> list(gst_structure_from_string(properties, nullptr));
    const gst::Handle<GstCaps> caps(
        gst_caps_from_string("audio/x-raw,rate=[1,48000],channels=2;audio/x-alaw,channels=1"));
    auto *made =
        GST_DEVICE(g_object_new(listed_device_get_type(), "display-name", name, "caps", caps.get(),
                                "device-class", classes, "properties", list.get(), nullptr));
    return {GST_DEVICE(gst_object_ref_sink(made)), gst::Unref()};
}

const DevicePtr &pipeMicrophone()
{
    static const auto made = device("Mic", "Audio/Source", "pipewire-proplist,node.name=mic");
    return made;
}

const DevicePtr &pulseMicrophone()
{
    static const auto made = device("Mic", "Audio/Source", "pulse-proplist,node.name=mic");
    return made;
}

const DevicePtr &pipeSpeaker()
{
    static const auto made =
        device("Box", "Audio/Sink",
               "pipewire-proplist,node.name=box,device.vendor.id=v,device.product.id=p");
    return made;
}

const DevicePtr &pulseSpeaker()
{
    static const auto made = device("Box", "Audio/Sink", "pulse-proplist,node.name=box");
    return made;
}

const DevicePtr &pulseMonitor()
{
    static const auto made =
        device("Monitor of Box", "Audio/Source",
               "pulse-proplist,node.name=box,device.class=monitor,device.serial=s");
    return made;
}

} // namespace

TEST(DeviceInfo, WhatPulseAudioListsOfPipeWireIsLeftOutInAnyOrder)
{
    gst::PresentDevices present = {pipeMicrophone(), pulseMicrophone(), pipeSpeaker(),
                                   pulseSpeaker(), pulseMonitor()};
    std::ranges::sort(present);
    do {
        auto chosen = gst::readable(present);
        ASSERT_EQ(2u, chosen.size());
        EXPECT_EQ(1, std::ranges::count(chosen, pipeMicrophone()));
        EXPECT_EQ(1, std::ranges::count(chosen, pipeSpeaker()));
    } while (std::ranges::next_permutation(present).found);
}

TEST(DeviceInfo, WhatPulseAudioAloneHasStays)
{
    // A loudspeaker and a microphone may have one name; two things without a name are not one.
    const auto namesake = device("Box", "Audio/Source", "pulse-proplist,node.name=box");
    const auto nameless = device("Old", "Audio/Source", "pulse-proplist,device.bus_path=1");
    const auto other = device("New", "Audio/Source", "pipewire-proplist,object.path=2");
    EXPECT_EQ((gst::PresentDevices{pipeSpeaker(), namesake, nameless, other}),
              gst::readable({pipeSpeaker(), namesake, nameless, other}));
    EXPECT_EQ((gst::PresentDevices{pulseMonitor(), pulseMicrophone()}),
              gst::readable({pulseSpeaker(), pulseMonitor(), pulseMicrophone()}));
}

TEST(DeviceInfo, ALoudspeakerIsToldByWhatIsPlayedOnIt)
{
    const DeviceInfo info = gst::infoOf(pipeSpeaker().get());
    EXPECT_EQ("What is played on Box", info.name);
    EXPECT_EQ("monitor:box", info.id);
    EXPECT_EQ("microphone", info.sourceType);
    EXPECT_EQ(DeviceKind::Loudspeaker, info.kind);
    EXPECT_EQ("", info.body);
    const DeviceInfo pulses = gst::infoOf(pulseMonitor().get());
    EXPECT_EQ(info.id, pulses.id);
    EXPECT_EQ(DeviceKind::Loudspeaker, pulses.kind);
    EXPECT_EQ("Monitor of Box", pulses.name);
}

TEST(DeviceInfo, AMicrophoneTellsItsRatesAndChannels)
{
    const DeviceInfo info = gst::infoOf(pipeMicrophone().get());
    EXPECT_EQ("microphone:mic", info.id);
    EXPECT_EQ(DeviceKind::Microphone, info.kind);
    EXPECT_EQ((std::vector{48000, 44100, 32000, 22050, 16000, 8000}), info.sampleRates);
    EXPECT_EQ(std::vector{2}, info.channels);
    EXPECT_TRUE(info.modes.empty());
}
