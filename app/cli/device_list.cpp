#include "cli/device_list.h"

#include <nlohmann/json.hpp>
#include <sstream>

namespace heliograph::cli {

namespace {

using Json = nlohmann::ordered_json;

const char *kindName(DeviceKind kind)
{
    switch (kind) {
    case DeviceKind::Camera:
        return "camera";
    case DeviceKind::Microphone:
        return "microphone";
    case DeviceKind::Loudspeaker:
        return "loudspeaker";
    case DeviceKind::Screen:
        return "screen";
    case DeviceKind::Window:
        return "window";
    }
    return "camera";
}

// As --source reads it: a comma inside a value is written \, there.
std::string specOf(const DeviceInfo &device)
{
    std::string spec = device.sourceType + ":device=";
    for (const char c : device.id) {
        if (c == ',' || c == '\\')
            spec += '\\';
        spec += c;
    }
    return spec;
}

Json toJson(const DeviceMode &mode)
{
    return {{"width", mode.width},
            {"height", mode.height},
            {"maximumFps", mode.maximumFps > 0 ? Json(mode.maximumFps) : Json()},
            {"format", mode.format}};
}

Json toJson(const DeviceInfo &device)
{
    Json modes = Json::array();
    for (const DeviceMode &mode : device.modes)
        modes.push_back(toJson(mode));
    return {{"id", device.id},
            {"name", device.name},
            {"kind", kindName(device.kind)},
            {"source", specOf(device)},
            {"modes", std::move(modes)}};
}

} // namespace

std::string toText(const std::vector<DeviceInfo> &devices)
{
    if (devices.empty())
        return "No camera and no screen was found. Plug a camera in, or check that this user may "
               "use it.\n";
    std::ostringstream text;
    for (const DeviceInfo &device : devices) {
        text << device.name << "\n  " << specOf(device) << "\n";
        for (const DeviceMode &mode : device.modes) {
            text << "  " << mode.width << "x" << mode.height;
            if (mode.maximumFps > 0)
                text << " up to " << mode.maximumFps << " fps";
            text << " " << mode.format << "\n";
        }
    }
    return text.str();
}

std::string toJson(const std::vector<DeviceInfo> &devices)
{
    Json list = Json::array();
    for (const DeviceInfo &device : devices)
        list.push_back(toJson(device));
    const Json whole = {{"devices", std::move(list)}};
    return whole.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace heliograph::cli
