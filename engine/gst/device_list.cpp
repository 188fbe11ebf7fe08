#include "gst/device_list.h"

#include "gst/device_info.h"
#include "gst/init.h"

#include <algorithm>

namespace heliograph::gst {

namespace {

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
        gst_device_monitor_add_filter(made, "Audio/Sink", nullptr); // for what it plays
        gst_device_monitor_start(made);
        return made;
    }();
    return monitor;
}

PresentDevices presentIn(GstDeviceMonitor *monitor)
{
    PresentDevices present;
    GList *list = gst_device_monitor_get_devices(monitor);
    for (GList *item = list; item; item = item->next)
        present.emplace_back(GST_DEVICE(item->data), Unref()); // takes the list's reference
    g_list_free(list);
    return present;
}

// What a loudspeaker plays, which PipeWire's own device of it cannot read.
Handle<GstElement> createMonitor(GstDevice *sink)
{
    Handle<GstElement> element(gst_element_factory_make("pipewiresrc", nullptr));
    if (!element)
        return element;
    const Handle<GstStructure> properties(
        gst_structure_new("props", "stream.capture.sink", G_TYPE_STRING, "true", nullptr));
    g_object_set(element.get(), "stream-properties", properties.get(), "target-object",
                 propertyOf(sink, {"object.serial", "node.name"}).c_str(), nullptr);
    return element;
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

// Looked at closely only when something came or went: that costs copies of all their properties.
bool DeviceList::takeList()
{
    PresentDevices present = presentIn(m_monitor);
    if (present == m_present)
        return false;
    m_present = std::move(present);
    return keep(readable(m_present));
}

bool DeviceList::keep(const PresentDevices &chosen)
{
    const auto gone = std::erase_if(m_devices, [&](const Device &known) {
        return std::ranges::find(chosen, known.device) == chosen.end();
    });
    bool changed = gone > 0;
    for (const auto &device : chosen)
        changed = add(device) || changed;
    return changed;
}

bool DeviceList::add(const std::shared_ptr<GstDevice> &device)
{
    const bool known = std::any_of(m_devices.begin(), m_devices.end(),
                                   [&](const Device &old) { return old.device == device; });
    if (known)
        return false;
    DeviceInfo info = infoOf(device.get());
    info.id = unique(info.id, m_devices);
    m_devices.push_back({std::move(info), device});
    return true;
}

// PipeWire unmaps the memory of a device that goes, also under somebody who still reads a picture
// in it (pipewiresrc 0.3.65): what it gives is to be a copy.
Handle<GstElement> createElement(const Device &device)
{
    GstDevice *source = device.device.get();
    Handle<GstElement> element = isSink(source)
        ? createMonitor(source)
        : Handle<GstElement>(gst_device_create_element(source, nullptr));
    if (element && g_object_class_find_property(G_OBJECT_GET_CLASS(element.get()), "always-copy"))
        g_object_set(element.get(), "always-copy", TRUE, nullptr);
    return element;
}

} // namespace heliograph::gst
