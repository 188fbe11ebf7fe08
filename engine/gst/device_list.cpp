#include "gst/device_list.h"

#include "gst/init.h"
#include "gst/modes.h"

#include <algorithm>
#include <array>

namespace heliograph::gst {

namespace {

std::string property(const GstStructure *properties, const char *key)
{
    const gchar *value = properties ? gst_structure_get_string(properties, key) : nullptr;
    return value ? value : "";
}

const char *kindOf(GstDevice *device)
{
    return gst_device_has_classes(device, "Audio") ? "microphone" : "webcam";
}

// Which thing on the desk it belongs to: a camera and its microphone tell the same. Empty: unknown.
std::string bodyOf(GstDevice *device)
{
    const Handle<GstStructure> properties(gst_device_get_properties(device));
    if (std::string serial = property(properties.get(), "device.serial"); !serial.empty())
        return serial;
    const std::string vendor = property(properties.get(), "device.vendor.id");
    const std::string product = property(properties.get(), "device.product.id");
    return vendor.empty() || product.empty() ? "" : vendor + ":" + product;
}

// What stays the same over re-plugging and restarts. A serial number follows the device to
// another port; without one the port has to do.
std::string stableId(GstDevice *device)
{
    const Handle<GstStructure> properties(gst_device_get_properties(device));
    const std::string api = property(properties.get(), "device.api");
    const bool isSound = gst_device_has_classes(device, "Audio");
    const std::string prefix = (!api.empty() ? api : isSound ? "microphone" : "camera") + ":";
    constexpr std::array<const char *, 6> keys = {"device.serial",   "api.libcamera.path",
                                                  "node.name",       "device.bus_path",
                                                  "device.bus-path", "object.path"};
    for (const char *key : keys)
        if (const std::string value = property(properties.get(), key); !value.empty())
            return prefix + value;
    const Handle<gchar> name(gst_device_get_display_name(device));
    return prefix + name.get();
}

DeviceInfo describe(GstDevice *device)
{
    DeviceInfo info;
    const Handle<gchar> name(gst_device_get_display_name(device));
    const Handle<GstCaps> caps(gst_device_get_caps(device));
    info.id = stableId(device);
    info.name = name.get();
    info.sourceType = kindOf(device);
    info.kind =
        gst_device_has_classes(device, "Audio") ? DeviceKind::Microphone : DeviceKind::Camera;
    info.body = bodyOf(device);
    info.modes = modesOf(caps.get());
    return info;
}

// Two devices of one kind without serial numbers would share an id: number the later ones.
std::string unique(std::string id, const std::vector<Device> &others)
{
    const std::string base = id;
    for (int number = 2; std::any_of(others.begin(), others.end(),
                                     [&](const Device &other) { return other.info.id == id; });
         ++number)
        id = base + "#" + std::to_string(number);
    return id;
}

// Where no sound server runs, PulseAudio's provider cannot watch: it would look for the server anew
// each time that the list is asked for, and lose a little memory each time (seen with 1.22).
void leaveSilentPulseOut()
{
    const Handle<GstDeviceProviderFactory> factory(
        gst_device_provider_factory_find("pulsedeviceprovider"));
    if (!factory)
        return;
    static const Handle<GstDeviceProvider> provider(
        gst_device_provider_factory_get(factory.get())); // the monitor's, too
    if (provider && !gst_device_provider_start(provider.get()))
        gst_plugin_feature_set_rank(GST_PLUGIN_FEATURE(factory.get()), GST_RANK_NONE);
}

// One for the process, started once and never stopped: stopping it frees the PipeWire provider's
// proxies twice (libgstpipewire 0.3.65, seen with AddressSanitizer).
GstDeviceMonitor *processMonitor()
{
    static GstDeviceMonitor *const monitor = [] {
        ensureInitialized();
        leaveSilentPulseOut();
        GstDeviceMonitor *made = gst_device_monitor_new();
        gst_device_monitor_add_filter(made, "Video/Source", nullptr);
        gst_device_monitor_add_filter(made, "Audio/Source", nullptr);
        gst_device_monitor_start(made);
        return made;
    }();
    return monitor;
}

} // namespace

DeviceList::DeviceList()
    : m_monitor(processMonitor())
    , m_bus(gst_device_monitor_get_bus(m_monitor))
{
    takeList();
}

bool DeviceList::refresh(std::chrono::milliseconds patience)
{
    // Whatever the message says, and whether it reaches us or another monitor: the list counts.
    const GstClockTime wait = GstClockTime(patience.count()) * GST_MSECOND;
    const Handle<GstMessage> news(gst_bus_timed_pop(m_bus.get(), wait));
    return takeList();
}

bool DeviceList::takeList()
{
    std::vector<std::shared_ptr<GstDevice>> present;
    GList *list = gst_device_monitor_get_devices(m_monitor);
    for (GList *item = list; item; item = item->next)
        present.emplace_back(GST_DEVICE(item->data), Unref()); // takes the list's reference
    g_list_free(list);
    const auto gone = std::erase_if(m_devices, [&](const Device &known) {
        return std::find(present.begin(), present.end(), known.device) == present.end();
    });
    bool changed = gone > 0;
    for (const auto &device : present)
        changed = add(device) || changed;
    return changed;
}

bool DeviceList::add(const std::shared_ptr<GstDevice> &device)
{
    const bool known = std::any_of(m_devices.begin(), m_devices.end(),
                                   [&](const Device &old) { return old.device == device; });
    if (known)
        return false;
    DeviceInfo info = describe(device.get());
    info.id = unique(info.id, m_devices);
    m_devices.push_back({std::move(info), device});
    return true;
}

// PipeWire unmaps the memory of a device that goes, also under somebody who still reads a picture
// in it (pipewiresrc 0.3.65): what it gives is to be a copy.
Handle<GstElement> createElement(const Device &device)
{
    Handle<GstElement> element(gst_device_create_element(device.device.get(), nullptr));
    if (element && g_object_class_find_property(G_OBJECT_GET_CLASS(element.get()), "always-copy"))
        g_object_set(element.get(), "always-copy", TRUE, nullptr);
    return element;
}

} // namespace heliograph::gst
