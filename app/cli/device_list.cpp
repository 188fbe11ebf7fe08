#include "cli/device_list.h"

#include <sstream>

namespace heliograph::cli {

std::string toText(const std::vector<DeviceInfo> &devices)
{
    if (devices.empty())
        return "No camera was found. Plug one in, or check that this user may use it.\n";
    std::ostringstream text;
    for (const DeviceInfo &device : devices) {
        text << device.name << "\n  " << device.sourceType << ":device=" << device.id << "\n";
        for (const DeviceMode &mode : device.modes)
            text << "  " << mode.width << "x" << mode.height << " up to " << mode.maximumFps
                 << " fps " << mode.format << "\n";
    }
    return text.str();
}

} // namespace heliograph::cli
