#include "gst/device_node.h"

#include "gst/device_info.h"

#include <algorithm>
#include <array>

namespace heliograph::gst {

namespace {

// What alsasrc and v4l2src would open; their devices do not all tell it themselves.
std::string openedBy(const Device &device)
{
    const Handle<GstElement> element = createElement(device);
    const GParamSpec *spec = element
        ? g_object_class_find_property(G_OBJECT_GET_CLASS(element.get()), "device")
        : nullptr;
    if (!spec || spec->value_type != G_TYPE_STRING)
        return {};
    gchar *value = nullptr;
    g_object_get(element.get(), "device", &value, nullptr);
    const Handle<gchar> owned(value);
    return value ? value : "";
}

bool isNumber(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

// "hw:1,0,2": card, device, subdevice. Where there are fewer they are 0.
std::string captureNode(std::string_view alsaName)
{
    const std::size_t colon = alsaName.find(':');
    if (colon == std::string_view::npos)
        return {};
    std::string_view rest = alsaName.substr(colon + 1);
    std::array<std::string_view, 2> numbers = {"", "0"};
    for (std::string_view &number : numbers) {
        if (rest.empty())
            break;
        number = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), number.size() + 1));
    }
    if (!std::ranges::all_of(numbers, isNumber))
        return {};
    return "/dev/snd/pcmC" + std::string(numbers[0]) + "D" + std::string(numbers[1]) + "c";
}

std::string nodeOf(const Device &device)
{
    if (device.info.kind == DeviceKind::Loudspeaker)
        return {}; // a sound server's
    std::string known =
        propertyOf(device.device.get(), {"api.v4l2.path", "device.path", "api.alsa.path"});
    if (known.empty())
        known = openedBy(device);
    return known.starts_with('/') ? known : captureNode(known);
}

} // namespace heliograph::gst
