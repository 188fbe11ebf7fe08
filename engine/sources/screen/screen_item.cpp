#include "sources/screen/screen_item.h"

#include <algorithm>
#include <charconv>

namespace heliograph {

namespace {

constexpr std::string_view windowPrefix = "window:";

std::uint32_t numberOf(std::string_view text) // 0: it is none
{
    std::uint32_t number = 0;
    if (text.starts_with("0x"))
        std::from_chars(text.data() + 2, text.data() + text.size(), number, 16);
    return number;
}

template <class Fits>
const ScreenItem *first(const std::vector<ScreenItem> &items, Fits fits)
{
    const auto found = std::ranges::find_if(items, fits);
    return found == items.end() ? nullptr : &*found;
}

std::string_view classPart(std::string_view id) // "window:CLASS/"; empty: it has none
{
    const auto slash = id.find('/');
    return slash == id.npos ? std::string_view() : id.substr(0, slash + 1);
}

} // namespace

ScreenItem windowItem(std::uint32_t window, const std::string &programClass,
                      const std::string &title)
{
    std::string id(windowPrefix);
    id += programClass + "/" + title;
    return {DeviceKind::Window, std::move(id), title, window, {}};
}

const ScreenItem *findItem(const std::vector<ScreenItem> &items, std::string_view wanted)
{
    const auto hasId = [&](const ScreenItem &item) { return item.id == wanted; };
    if (!wanted.starts_with(windowPrefix))
        return first(items, hasId);
    const std::string_view text = wanted.substr(windowPrefix.size());
    if (const std::uint32_t number = numberOf(text))
        return first(items, [&](const ScreenItem &item) { return item.window == number; });
    if (const ScreenItem *same = first(items, hasId))
        return same;
    if (const ScreenItem *titled = first(
            items, [&](const ScreenItem &item) { return item.window != 0 && item.name == text; }))
        return titled;
    const std::string_view program = classPart(wanted);
    return program.empty()
        ? nullptr
        : first(items, [&](const ScreenItem &item) { return item.id.starts_with(program); });
}

DeviceInfo infoOf(const ScreenItem &item)
{
    DeviceInfo info{item.id, item.name, "screen", {}, item.kind};
    if (item.window == 0) // a window's size is whatever it is at the moment
        info.modes.push_back({item.area.width, item.area.height, 0, "BGRx"});
    return info;
}

} // namespace heliograph
