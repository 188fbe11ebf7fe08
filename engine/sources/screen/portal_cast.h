// A picture of the screen that the desktop gives on Wayland, after having asked its user: a session
// of org.freedesktop.portal.ScreenCast on the session bus, and the PipeWire node that it shows.
// Thread: the one that created it. Owner: a portal source.
#pragma once

#include "engine/error.h"
#include "gst/handle.h"

#include <cstdint>
#include <gio/gio.h>
#include <memory>
#include <stop_token>
#include <string>

namespace heliograph {

class PortalCast {
public:
    struct Wish {
        bool pointer = true;
        std::string token; // of the last time: then the user is not asked again
    };
    // Waits for the user's choice, however long. Errors: Cancelled; ScreenRefused (by the user);
    // ScreenGone (the desktop has no such portal).
    static Result<std::unique_ptr<PortalCast>> ask(const Wish &wish, const std::stop_token &stop);
    ~PortalCast(); // ends the session

    int fileDescriptor() const { return m_remote; } // of a connection to PipeWire; ours
    std::uint32_t node() const { return m_node; }
    const std::string &token() const { return m_token; } // for the next time; may be empty
    bool isOpen(); // false: the desktop or its user ended it

private:
    struct Free {
        void operator()(GMainContext *context) const { g_main_context_unref(context); }
        void operator()(GDBusConnection *connection) const { g_object_unref(connection); }
        void operator()(GVariant *value) const { g_variant_unref(value); }
    };
    using Value = std::unique_ptr<GVariant, Free>;
    struct Answer {
        bool came = false;
        std::uint32_t code = 0;
        Value results;
    };

    PortalCast();
    Result<> connect();
    Result<> createSession(const std::stop_token &stop);
    Result<> selectSources(const Wish &wish, const std::stop_token &stop);
    Result<> start(const std::stop_token &stop);
    Result<> openRemote();
    void watchSession();

    // Calls the method with arguments, closed by options, and waits for the portal's answer.
    Result<Value> request(const char *method, GVariantBuilder &arguments, GVariantBuilder &options,
                          const std::stop_token &stop);
    Result<Value> waitFor(Answer &answer, const std::stop_token &stop);

    std::unique_ptr<GMainContext, Free> m_context;
    std::unique_ptr<GDBusConnection, Free> m_bus;
    std::string m_session; // its object path
    std::string m_token;
    std::uint32_t m_node = 0;
    int m_remote = -1;
    int m_requests = 0;
    bool m_closed = false;
};

} // namespace heliograph
