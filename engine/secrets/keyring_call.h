// One call to the keyring: it runs on a main context of its own, in the caller's thread, and is
// cancelled when no answer comes. libsecret's own blocking calls would wait for ever.
// Thread: the one that made it. Owner: a function of the keyring.
#pragma once

#include <gio/gio.h>
#include <memory>

namespace heliograph {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using GObjectPtr = std::unique_ptr<T, Unref>;

class KeyringCall {
public:
    KeyringCall();
    ~KeyringCall();

    KeyringCall(const KeyringCall &) = delete;
    KeyringCall &operator=(const KeyringCall &) = delete;

    // What an asynchronous function of GLib takes: its cancellable, its callback, its data.
    GCancellable *cancellable() const { return m_cancellable.get(); }
    static void answered(GObject *object, GAsyncResult *result, gpointer call);

    // The answer, for the call's _finish() function; one that was cancelled says so there.
    GAsyncResult *wait();

private:
    static gboolean giveUp(gpointer call);

    GMainContext *m_context;
    GSource *m_deadline;
    GObjectPtr<GCancellable> m_cancellable;
    GObjectPtr<GAsyncResult> m_result;
};

} // namespace heliograph
