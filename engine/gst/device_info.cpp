#include "gst/device_info.h"

#include "gst/modes.h"
#include "gst/sound_forms.h"

#include <algorithm>

namespace heliograph::gst {

namespace {

// By the name that its provider gives the list of its properties.
bool isOf(GstDevice *device, const char *properties)
{
    const Handle<GstStructure> list(gst_device_get_properties(device));
    return list && gst_structure_has_name(list.get(), properties);
}

bool isPipeWires(GstDevice *device)
{
    return isOf(device, "pipewire-proplist");
}

bool isPulses(GstDevice *device)
{
    return isOf(device, "pulse-proplist");
}

DeviceKind kindOf(GstDevice *device)
{
    if (!gst_device_has_classes(device, "Audio"))
        return DeviceKind::Camera;
    const bool isPlayed = isSink(device) || propertyOf(device, {"device.class"}) == "monitor";
    return isPlayed ? DeviceKind::Loudspeaker : DeviceKind::Microphone;
}

// Which thing on the desk it belongs to: a camera and its microphone tell the same. Empty: unknown.
// What a loudspeaker in a camera plays is not the camera's own sound.
std::string bodyOf(GstDevice *device)
{
    if (kindOf(device) == DeviceKind::Loudspeaker)
        return "";
    if (std::string serial = propertyOf(device, {"device.serial"}); !serial.empty())
        return serial;
    const std::string vendor = propertyOf(device, {"device.vendor.id"});
    const std::string product = propertyOf(device, {"device.product.id"});
    return vendor.empty() || product.empty() ? "" : vendor + ":" + product;
}

std::string nameOf(GstDevice *device)
{
    const Handle<gchar> name(gst_device_get_display_name(device));
    return isSink(device) ? std::string("What is played on ") + name.get() : name.get();
}

std::string prefixOf(GstDevice *device)
{
    const DeviceKind kind = kindOf(device);
    if (kind == DeviceKind::Loudspeaker)
        return "monitor:"; // a headset's microphone has the same serial number
    const std::string api = propertyOf(device, {"device.api"});
    return (!api.empty() ? api : kind == DeviceKind::Microphone ? "microphone" : "camera") + ":";
}

// What stays the same over re-plugging and restarts. A serial number follows the device to
// another port; without one the port has to do. A card has one, however many outputs it has: these
// are told apart by their names.
std::string stableId(GstDevice *device)
{
    const bool isPlayed = kindOf(device) == DeviceKind::Loudspeaker;
    const std::string known =
        propertyOf(device,
                   {isPlayed ? "node.name" : "device.serial", "device.serial", "api.libcamera.path",
                    "node.name", "device.bus_path", "device.bus-path", "object.path"});
    return prefixOf(device) + (known.empty() ? nameOf(device) : known);
}

bool isSame(GstDevice *one, GstDevice *other)
{
    const std::string node = propertyOf(one, {"node.name"});
    return !node.empty() && node == propertyOf(other, {"node.name"})
        && kindOf(one) == kindOf(other);
}

} // namespace

std::string propertyOf(GstDevice *device, std::initializer_list<const char *> keys)
{
    const Handle<GstStructure> properties(gst_device_get_properties(device));
    for (const char *key : keys) {
        const gchar *value = properties ? gst_structure_get_string(properties.get(), key) : nullptr;
        if (value && *value)
            return value;
    }
    return {};
}

bool isSink(GstDevice *device)
{
    return gst_device_has_classes(device, "Audio/Sink");
}

DeviceInfo infoOf(GstDevice *device)
{
    DeviceInfo info;
    const Handle<GstCaps> caps(gst_device_get_caps(device));
    info.id = stableId(device);
    info.name = nameOf(device);
    info.kind = kindOf(device);
    info.sourceType = info.kind == DeviceKind::Camera ? "webcam" : "microphone";
    info.body = bodyOf(device);
    info.modes = modesOf(caps.get());
    info.sampleRates = sampleRatesOf(caps.get());
    info.channels = channelsOf(caps.get());
    return info;
}

PresentDevices readable(const PresentDevices &present)
{
    const auto isTwice = [&](GstDevice *device) {
        return isPulses(device) && std::ranges::any_of(present, [&](const auto &other) {
                   return isPipeWires(other.get()) && isSame(device, other.get());
               });
    };
    PresentDevices chosen;
    for (const auto &device : present)
        if ((!isSink(device.get()) || isPipeWires(device.get())) && !isTwice(device.get()))
            chosen.push_back(device);
    return chosen;
}

} // namespace heliograph::gst
