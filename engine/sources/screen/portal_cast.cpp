#include "sources/screen/portal_cast.h"

#include "core/wakeup.h"

#include <algorithm>
#include <gio/gunixfdlist.h>
#include <unistd.h>

namespace heliograph {

namespace {

constexpr const char *portal = "org.freedesktop.portal.Desktop";
constexpr const char *portalPath = "/org/freedesktop/portal/desktop";
constexpr const char *screenCast = "org.freedesktop.portal.ScreenCast";
constexpr int callTimeout = 5000; // ms; choosing takes longer, and comes as a signal
constexpr std::chrono::milliseconds nap(20);

// Of the interface's description.
constexpr std::uint32_t monitorsAndWindows = 1 | 2;
constexpr std::uint32_t pointerHidden = 1;
constexpr std::uint32_t pointerEmbedded = 2;
constexpr std::uint32_t untilRevoked = 2;
constexpr std::uint32_t cancelledByUser = 1;

// The calling thread's news come to this context while it lives.
class DefaultContext {
public:
    explicit DefaultContext(GMainContext *context)
        : m_context(context)
    {
        g_main_context_push_thread_default(context);
    }
    ~DefaultContext() { g_main_context_pop_thread_default(m_context); }

private:
    GMainContext *const m_context;
};

void addOption(GVariantBuilder &options, const char *key, GVariant *value)
{
    g_variant_builder_add(&options, "{sv}", key, value);
}

tl::unexpected<Error> withoutPortal(const gst::Handle<GError> &problem)
{
    return failure(ErrorCode::ScreenGone,
                   std::string("the desktop does not hand its screen out")
                       + (problem ? std::string(" › ") + problem->message : ""));
}

} // namespace

PortalCast::PortalCast()
    : m_context(g_main_context_new())
{
}

PortalCast::~PortalCast()
{
    if (m_remote >= 0)
        ::close(m_remote);
    if (m_bus) // which is this session's alone: it ends with it
        g_dbus_connection_close_sync(m_bus.get(), nullptr, nullptr);
}

Result<std::unique_ptr<PortalCast>> PortalCast::ask(const Wish &wish, const std::stop_token &stop)
{
    std::unique_ptr<PortalCast> cast(new PortalCast);
    const DefaultContext news(cast->m_context.get());
    auto done = cast->connect();
    if (done)
        done = cast->createSession(stop);
    if (done)
        done = cast->selectSources(wish, stop);
    if (done)
        done = cast->start(stop);
    if (done)
        done = cast->openRemote();
    if (!done)
        return tl::unexpected(done.error());
    return cast;
}

Result<> PortalCast::connect()
{
    GError *problem = nullptr;
    const gst::Handle<gchar> address(
        g_dbus_address_get_for_bus_sync(G_BUS_TYPE_SESSION, nullptr, &problem));
    if (!address)
        return withoutPortal(gst::Handle<GError>(problem));
    m_bus.reset(g_dbus_connection_new_for_address_sync(
        address.get(),
        GDBusConnectionFlags(G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                             | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION),
        nullptr, nullptr, &problem));
    return m_bus ? Result<>() : withoutPortal(gst::Handle<GError>(problem));
}

Result<> PortalCast::createSession(const std::stop_token &stop)
{
    GVariantBuilder arguments;
    GVariantBuilder options;
    g_variant_builder_init(&arguments, G_VARIANT_TYPE_TUPLE);
    g_variant_builder_init(&options, G_VARIANT_TYPE_VARDICT);
    addOption(options, "session_handle_token", g_variant_new_string("heliograph"));
    const auto results = request("CreateSession", arguments, options, stop);
    if (!results)
        return tl::unexpected(results.error());
    const gchar *session = nullptr;
    if (!g_variant_lookup(results->get(), "session_handle", "&s", &session)
        || !g_variant_is_object_path(session))
        return withoutPortal({});
    m_session = session;
    watchSession();
    return {};
}

void PortalCast::watchSession()
{
    const auto closed = [](GDBusConnection *, const gchar *, const gchar *, const gchar *,
                           const gchar *, GVariant *,
                           gpointer cast) { static_cast<PortalCast *>(cast)->m_closed = true; };
    g_dbus_connection_signal_subscribe(m_bus.get(), portal, "org.freedesktop.portal.Session",
                                       "Closed", m_session.c_str(), nullptr,
                                       G_DBUS_SIGNAL_FLAGS_NONE, closed, this, nullptr);
}

Result<> PortalCast::selectSources(const Wish &wish, const std::stop_token &stop)
{
    GVariantBuilder arguments;
    GVariantBuilder options;
    g_variant_builder_init(&arguments, G_VARIANT_TYPE_TUPLE);
    g_variant_builder_add(&arguments, "o", m_session.c_str());
    g_variant_builder_init(&options, G_VARIANT_TYPE_VARDICT);
    addOption(options, "types", g_variant_new_uint32(monitorsAndWindows));
    addOption(options, "cursor_mode",
              g_variant_new_uint32(wish.pointer ? pointerEmbedded : pointerHidden));
    addOption(options, "persist_mode", g_variant_new_uint32(untilRevoked));
    if (!wish.token.empty())
        addOption(options, "restore_token", g_variant_new_string(wish.token.c_str()));
    const auto results = request("SelectSources", arguments, options, stop);
    return results ? Result<>() : tl::unexpected(results.error());
}

Result<> PortalCast::start(const std::stop_token &stop)
{
    GVariantBuilder arguments;
    GVariantBuilder options;
    g_variant_builder_init(&arguments, G_VARIANT_TYPE_TUPLE);
    g_variant_builder_add(&arguments, "o", m_session.c_str());
    g_variant_builder_add(&arguments, "s", ""); // no window of ours to put the question before
    g_variant_builder_init(&options, G_VARIANT_TYPE_VARDICT);
    const auto results = request("Start", arguments, options, stop);
    if (!results)
        return tl::unexpected(results.error());
    const gchar *token = nullptr;
    if (g_variant_lookup(results->get(), "restore_token", "&s", &token))
        m_token = token;
    const Value streams(
        g_variant_lookup_value(results->get(), "streams", G_VARIANT_TYPE("a(ua{sv})")));
    if (!streams || g_variant_n_children(streams.get()) == 0)
        return withoutPortal({});
    g_variant_get_child(streams.get(), 0, "(ua{sv})", &m_node, nullptr);
    return {};
}

Result<> PortalCast::openRemote()
{
    GError *problem = nullptr;
    GUnixFDList *list = nullptr;
    const Value answer(g_dbus_connection_call_with_unix_fd_list_sync(
        m_bus.get(), portal, portalPath, screenCast, "OpenPipeWireRemote",
        g_variant_new("(oa{sv})", m_session.c_str(), nullptr), G_VARIANT_TYPE("(h)"),
        G_DBUS_CALL_FLAGS_NONE, callTimeout, nullptr, &list, nullptr, &problem));
    const gst::Handle<GError> owned(problem);
    if (!answer)
        return withoutPortal(owned);
    gint32 index = 0;
    g_variant_get(answer.get(), "(h)", &index);
    m_remote = list ? g_unix_fd_list_get(list, index, nullptr) : -1;
    g_clear_object(&list);
    return m_remote >= 0 ? Result<>() : withoutPortal({});
}

Result<PortalCast::Value> PortalCast::request(const char *method, GVariantBuilder &arguments,
                                              GVariantBuilder &options, const std::stop_token &stop)
{
    const std::string token = "heliograph" + std::to_string(++m_requests);
    addOption(options, "handle_token", g_variant_new_string(token.c_str()));
    g_variant_builder_add_value(&arguments, g_variant_builder_end(&options));
    std::string sender = g_dbus_connection_get_unique_name(m_bus.get()) + 1; // ":1.5" -> "1_5"
    std::ranges::replace(sender, '.', '_');
    const std::string path = std::string(portalPath) + "/request/" + sender + "/" + token;

    Answer answer;
    const auto take = [](GDBusConnection *, const gchar *, const gchar *, const gchar *,
                         const gchar *, GVariant *parameters, gpointer waiting) {
        auto &taken = *static_cast<Answer *>(waiting);
        GVariant *results = nullptr;
        g_variant_get(parameters, "(u@a{sv})", &taken.code, &results);
        taken.results.reset(results);
        taken.came = true;
    };
    const guint subscription = g_dbus_connection_signal_subscribe(
        m_bus.get(), portal, "org.freedesktop.portal.Request", "Response", path.c_str(), nullptr,
        G_DBUS_SIGNAL_FLAGS_NONE, take, &answer, nullptr);
    GError *problem = nullptr;
    const Value called(g_dbus_connection_call_sync(
        m_bus.get(), portal, portalPath, screenCast, method, g_variant_builder_end(&arguments),
        nullptr, G_DBUS_CALL_FLAGS_NONE, callTimeout, nullptr, &problem));
    const gst::Handle<GError> owned(problem);
    auto answered = called ? waitFor(answer, stop) : Result<Value>(withoutPortal(owned));
    g_dbus_connection_signal_unsubscribe(m_bus.get(), subscription);
    return answered;
}

Result<PortalCast::Value> PortalCast::waitFor(Answer &answer, const std::stop_token &stop)
{
    while (!answer.came) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        if (!isOpen())
            return withoutPortal({});
        Wakeup().waitFor(nap, stop);
    }
    if (answer.code == cancelledByUser)
        return failure(ErrorCode::ScreenRefused);
    if (answer.code != 0)
        return withoutPortal({});
    return std::move(answer.results);
}

bool PortalCast::isOpen()
{
    while (g_main_context_iteration(m_context.get(), FALSE)) {
    }
    return !m_closed && !g_dbus_connection_is_closed(m_bus.get());
}

} // namespace heliograph
