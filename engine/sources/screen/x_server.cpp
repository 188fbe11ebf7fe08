#include "sources/screen/x_server.h"

#include <cstdlib>
#include <cstring>
#include <xcb/composite.h>
#include <xcb/randr.h>

namespace heliograph {

namespace {

constexpr std::uint32_t longestProperty = 4096; // words: the ids of as many windows

struct Free {
    void operator()(void *reply) const { std::free(reply); }
};

template <class T>
std::unique_ptr<T, Free> owned(T *reply)
{
    return std::unique_ptr<T, Free>(reply);
}

xcb_screen_t *screenOf(xcb_connection_t *connection, int number)
{
    auto screens = xcb_setup_roots_iterator(xcb_get_setup(connection));
    for (; number > 0 && screens.rem > 0; --number)
        xcb_screen_next(&screens);
    return screens.data;
}

// Two may have one title: the later ones are numbered.
void makeUnique(std::vector<ScreenItem> &items)
{
    for (std::size_t i = 0; i < items.size(); ++i) {
        int number = 1;
        for (std::size_t before = 0; before < i; ++before)
            number += items[before].window != 0 && items[before].name == items[i].name
                && items[i].id.starts_with(items[before].id);
        if (number > 1)
            items[i].id += "#" + std::to_string(number);
    }
}

std::string classOf(const std::string &property) // "instance\0Class\0"
{
    const auto end = property.find('\0');
    return end == property.npos ? property : std::string(property.c_str() + end + 1);
}

} // namespace

void XServer::Disconnect::operator()(xcb_connection_t *connection) const
{
    xcb_disconnect(connection);
}

Result<std::unique_ptr<XServer>> XServer::connect()
{
    int number = 0;
    Connection connection(xcb_connect(nullptr, &number));
    xcb_screen_t *const screen =
        xcb_connection_has_error(connection.get()) ? nullptr : screenOf(connection.get(), number);
    if (!screen)
        return failure(ErrorCode::ScreenGone, "no X server answers");
    return std::unique_ptr<XServer>(new XServer(std::move(connection), screen));
}

XServer::XServer(Connection connection, xcb_screen_t *screen)
    : m_connection(std::move(connection))
    , m_screen(screen)
    , m_clientList(atom("_NET_CLIENT_LIST"))
    , m_netName(atom("_NET_WM_NAME"))
{
}

bool XServer::isAlive() const
{
    const auto cookie = xcb_get_input_focus(m_connection.get());
    return owned(xcb_get_input_focus_reply(m_connection.get(), cookie, nullptr)) != nullptr;
}

std::vector<ScreenItem> XServer::items() const
{
    const auto screen = geometryOf(m_screen->root);
    if (!screen)
        return {};
    std::vector<ScreenItem> items{{DeviceKind::Screen, "screen", "Whole screen", 0, *screen}};
    for (ScreenItem &monitor : monitors())
        items.push_back(std::move(monitor));
    auto windows = clientWindows();
    if (windows.empty())
        windows = topWindows();
    for (const std::uint32_t window : windows)
        if (auto item = describe(window))
            items.push_back(*std::move(item));
    makeUnique(items);
    return items;
}

std::optional<ScreenArea> XServer::areaOf(const ScreenItem &item) const
{
    if (item.window != 0)
        return isViewable(item.window) ? geometryOf(item.window) : std::nullopt;
    if (item.id == "screen")
        return geometryOf(m_screen->root);
    for (const ScreenItem &monitor : monitors())
        if (monitor.id == item.id)
            return monitor.area;
    return std::nullopt;
}

void XServer::keepWhole(std::uint32_t window) const
{
    xcb_connection_t *const connection = m_connection.get();
    const auto *extension = xcb_get_extension_data(connection, &xcb_composite_id);
    if (!extension || !extension->present)
        return;
    owned(xcb_composite_query_version_reply(
        connection, xcb_composite_query_version(connection, 0, 4), nullptr));
    xcb_composite_redirect_window(connection, window, XCB_COMPOSITE_REDIRECT_AUTOMATIC);
    xcb_flush(connection);
}

std::uint32_t XServer::atom(const char *name) const
{
    const auto cookie =
        xcb_intern_atom(m_connection.get(), 0, std::uint16_t(std::strlen(name)), name);
    const auto reply = owned(xcb_intern_atom_reply(m_connection.get(), cookie, nullptr));
    return reply ? reply->atom : std::uint32_t(XCB_ATOM_NONE);
}

std::vector<std::uint8_t> XServer::property(std::uint32_t window, std::uint32_t name) const
{
    const auto cookie = xcb_get_property(m_connection.get(), 0, window, name,
                                         XCB_GET_PROPERTY_TYPE_ANY, 0, longestProperty);
    const auto reply = owned(xcb_get_property_reply(m_connection.get(), cookie, nullptr));
    if (!reply)
        return {};
    const auto *bytes = static_cast<const std::uint8_t *>(xcb_get_property_value(reply.get()));
    return {bytes, bytes + xcb_get_property_value_length(reply.get())};
}

std::string XServer::text(std::uint32_t window, std::uint32_t name) const
{
    const auto bytes = property(window, name);
    return {bytes.begin(), bytes.end()};
}

std::vector<std::uint32_t> XServer::clientWindows() const
{
    const auto bytes = property(m_screen->root, m_clientList);
    std::vector<std::uint32_t> windows(bytes.size() / sizeof(std::uint32_t));
    std::memcpy(windows.data(), bytes.data(), windows.size() * sizeof(std::uint32_t));
    return windows;
}

std::vector<std::uint32_t> XServer::topWindows() const
{
    const auto cookie = xcb_query_tree(m_connection.get(), m_screen->root);
    const auto reply = owned(xcb_query_tree_reply(m_connection.get(), cookie, nullptr));
    if (!reply)
        return {};
    const std::uint32_t *const first = xcb_query_tree_children(reply.get());
    return {first, first + xcb_query_tree_children_length(reply.get())};
}

std::vector<ScreenItem> XServer::monitors() const
{
    xcb_connection_t *const connection = m_connection.get();
    const auto *extension = xcb_get_extension_data(connection, &xcb_randr_id);
    if (!extension || !extension->present)
        return {};
    const auto reply = owned(xcb_randr_get_monitors_reply(
        connection, xcb_randr_get_monitors(connection, m_screen->root, 1), nullptr));
    std::vector<ScreenItem> monitors;
    if (!reply)
        return monitors;
    for (auto each = xcb_randr_get_monitors_monitors_iterator(reply.get()); each.rem > 0;
         xcb_randr_monitor_info_next(&each)) {
        const auto cookie = xcb_get_atom_name(connection, each.data->name);
        const auto named = owned(xcb_get_atom_name_reply(connection, cookie, nullptr));
        if (!named)
            continue;
        const std::string name(xcb_get_atom_name_name(named.get()),
                               std::size_t(xcb_get_atom_name_name_length(named.get())));
        monitors.push_back({DeviceKind::Screen,
                            "monitor:" + name,
                            "Monitor " + name,
                            0,
                            {each.data->x, each.data->y, each.data->width, each.data->height}});
    }
    return monitors;
}

std::optional<ScreenItem> XServer::describe(std::uint32_t window) const
{
    std::string title = text(window, m_netName);
    if (title.empty())
        title = text(window, XCB_ATOM_WM_NAME);
    if (title.empty() || !isViewable(window))
        return std::nullopt;
    return windowItem(window, classOf(text(window, XCB_ATOM_WM_CLASS)), title);
}

std::optional<ScreenArea> XServer::geometryOf(std::uint32_t drawable) const
{
    const auto cookie = xcb_get_geometry(m_connection.get(), drawable);
    const auto reply = owned(xcb_get_geometry_reply(m_connection.get(), cookie, nullptr));
    if (!reply)
        return std::nullopt;
    return ScreenArea{reply->x, reply->y, reply->width, reply->height};
}

bool XServer::isViewable(std::uint32_t window) const
{
    const auto cookie = xcb_get_window_attributes(m_connection.get(), window);
    const auto reply = owned(xcb_get_window_attributes_reply(m_connection.get(), cookie, nullptr));
    return reply && reply->map_state == XCB_MAP_STATE_VIEWABLE;
}

} // namespace heliograph
