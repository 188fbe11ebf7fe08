// A connection to the X server that DISPLAY names: what there is to show, and whether it still is.
// Thread: the one that created it. Owner: a screen source, or the discovery of screens.
#pragma once

#include "engine/error.h"
#include "sources/screen/screen_item.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

struct xcb_connection_t;
struct xcb_screen_t;

namespace heliograph {

class XServer {
public:
    // Errors: ScreenGone (there is none, or it does not let us in).
    static Result<std::unique_ptr<XServer>> connect();

    bool isAlive() const; // asks it

    // The screen, its monitors, and the windows that show something, as the window manager has
    // them; without one, those at the top.
    std::vector<ScreenItem> items() const;

    // Where it is now. Nothing: it is closed, hidden or switched off.
    std::optional<ScreenArea> areaOf(const ScreenItem &item) const;

    // As long as this connection lasts, the window can be read where others cover it.
    void keepWhole(std::uint32_t window) const;

private:
    struct Disconnect {
        void operator()(xcb_connection_t *connection) const;
    };
    using Connection = std::unique_ptr<xcb_connection_t, Disconnect>;

    XServer(Connection connection, xcb_screen_t *screen);

    std::uint32_t atom(const char *name) const;
    std::vector<std::uint8_t> property(std::uint32_t window, std::uint32_t name) const;
    std::string text(std::uint32_t window, std::uint32_t name) const;
    std::vector<std::uint32_t> clientWindows() const;
    std::vector<std::uint32_t> topWindows() const;
    std::vector<ScreenItem> monitors() const;
    std::optional<ScreenItem> describe(std::uint32_t window) const;
    std::optional<ScreenArea> geometryOf(std::uint32_t drawable) const;
    bool isViewable(std::uint32_t window) const;

    const Connection m_connection;
    xcb_screen_t *const m_screen; // the connection's
    const std::uint32_t m_clientList;
    const std::uint32_t m_netName;
};

} // namespace heliograph
