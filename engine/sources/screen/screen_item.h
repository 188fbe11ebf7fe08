// What of an X server's screen can be shown: all of it, one monitor, one window; and which of them
// a saved id means, when titles have changed since. Thread: any (values).
#pragma once

#include "engine/device.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph {

struct ScreenArea { // pixels, from the screen's upper left corner
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    bool operator==(const ScreenArea &) const = default;
};

struct ScreenItem {
    DeviceKind kind = DeviceKind::Screen;
    std::string id; // "screen", "monitor:DP-1", "window:CLASS/TITLE"
    std::string name; // for people
    std::uint32_t window = 0; // X's number of the window; 0: not a window
    ScreenArea area; // of a screen or a monitor
};

// The program keeps its class while titles change: both make a window's id.
ScreenItem windowItem(std::uint32_t window, const std::string &programClass,
                      const std::string &title);

// "window:0x…" by its number; else the id; else the title alone; else the first window of the same
// class. Null: nothing of the kind is there.
const ScreenItem *findItem(const std::vector<ScreenItem> &items, std::string_view wanted);

DeviceInfo infoOf(const ScreenItem &item);

} // namespace heliograph
