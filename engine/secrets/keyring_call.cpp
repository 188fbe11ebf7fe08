#include "secrets/keyring_call.h"

namespace heliograph {

namespace {

constexpr guint patience = 4; // seconds

} // namespace

KeyringCall::KeyringCall()
    : m_context(g_main_context_new())
    , m_deadline(g_timeout_source_new_seconds(patience))
    , m_cancellable(g_cancellable_new())
{
    g_main_context_push_thread_default(m_context);
    g_source_set_callback(m_deadline, &KeyringCall::giveUp, this, nullptr);
    g_source_attach(m_deadline, m_context);
}

KeyringCall::~KeyringCall()
{
    g_source_destroy(m_deadline);
    g_source_unref(m_deadline);
    while (g_main_context_iteration(m_context, FALSE)) {
    } // what came behind the answer
    g_main_context_pop_thread_default(m_context);
    g_main_context_unref(m_context);
}

void KeyringCall::answered(GObject *, GAsyncResult *result, gpointer call)
{
    static_cast<KeyringCall *>(call)->m_result.reset(
        static_cast<GAsyncResult *>(g_object_ref(result)));
}

GAsyncResult *KeyringCall::wait()
{
    while (!m_result)
        g_main_context_iteration(m_context, TRUE);
    return m_result.get();
}

gboolean KeyringCall::giveUp(gpointer call)
{
    g_cancellable_cancel(static_cast<KeyringCall *>(call)->cancellable());
    return G_SOURCE_REMOVE;
}

} // namespace heliograph
