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

bool isSound(const DeviceInfo &device)
{
    return device.kind == DeviceKind::Microphone || device.kind == DeviceKind::Loudspeaker;
}

Json toJson(const DeviceInfo &device)
{
    Json modes = Json::array();
    for (const DeviceMode &mode : device.modes)
        modes.push_back(toJson(mode));
    Json json = {{"id", device.id},
                 {"name", device.name},
                 {"kind", kindName(device.kind)},
                 {"source", specOf(device)},
                 {"modes", std::move(modes)}};
    if (isSound(device)) {
        json["sampleRates"] = device.sampleRates;
        json["channels"] = device.channels;
    }
    return json;
}

std::string toText(const DeviceMode &mode)
{
    std::ostringstream text;
    text << "  " << mode.width << "x" << mode.height;
    if (mode.maximumFps > 0)
        text << " up to " << mode.maximumFps << " fps";
    text << " " << mode.format << "\n";
    return text.str();
}

// The largest come first.
std::string soundText(const DeviceInfo &device)
{
    std::string text;
    if (!device.sampleRates.empty())
        text += "  up to " + std::to_string(device.sampleRates[0]) + " Hz\n";
    if (!device.channels.empty())
        text += "  up to " + std::to_string(device.channels[0])
            + (device.channels[0] == 1 ? " channel\n" : " channels\n");
    return text;
}

} // namespace

std::string toText(const std::vector<DeviceInfo> &devices)
{
    if (devices.empty())
        return "No camera, no microphone and no screen was found. Plug a camera or a microphone "
               "in, or check that this user may use it.\n";
    std::string text;
    for (const DeviceInfo &device : devices) {
        text += device.name + "\n  " + specOf(device) + "\n";
        for (const DeviceMode &mode : device.modes)
            text += toText(mode);
        text += soundText(device);
    }
    return text;
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
