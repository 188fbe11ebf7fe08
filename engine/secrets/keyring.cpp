#include "secrets/keyring.h"

#include "secrets/keyring_call.h"

#include <cstdlib>
#include <libsecret/secret.h>

namespace heliograph {

namespace {

const SecretSchema *schema()
{
    static const SecretSchema one = [] {
        SecretSchema made = {};
        made.name = "org.heliograph.Secret";
        made.attributes[0] = {"key", SECRET_SCHEMA_ATTRIBUTE_STRING};
        return made;
    }();
    return &one;
}

struct FreeError {
    void operator()(GError *error) const { g_error_free(error); }
};
using ErrorPtr = std::unique_ptr<GError, FreeError>;

struct FreePassword {
    void operator()(gchar *password) const { secret_password_free(password); }
};

// The message is the bus's or the keyring's: it speaks of connections and objects.
tl::unexpected<Error> silent(GError *error)
{
    const ErrorPtr owned(error);
    return failure(ErrorCode::KeyringSilent,
                   g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "no answer in time"
                                                                            : error->message);
}

// GLib would start a bus of its own where there is none.
bool hasBus()
{
    if (const char *address = std::getenv("DBUS_SESSION_BUS_ADDRESS"); address && *address)
        return true;
    const char *folder = std::getenv("XDG_RUNTIME_DIR");
    std::error_code error;
    return folder && std::filesystem::exists(std::filesystem::path(folder) / "bus", error);
}

Result<GObjectPtr<SecretService>> findService()
{
    KeyringCall call;
    GError *error = nullptr;
    secret_service_get(SECRET_SERVICE_NONE, call.cancellable(), &KeyringCall::answered, &call);
    GObjectPtr<SecretService> service(secret_service_get_finish(call.wait(), &error));
    if (error)
        return silent(error);
    return service;
}

// A locked one would ask a person for its password, in a window that may have no screen.
Result<> checkUnlocked(SecretService &service)
{
    KeyringCall call;
    GError *error = nullptr;
    secret_collection_for_alias(&service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                call.cancellable(), &KeyringCall::answered, &call);
    const GObjectPtr<SecretCollection> collection(
        secret_collection_for_alias_finish(call.wait(), &error));
    if (error)
        return silent(error);
    if (!collection)
        return failure(ErrorCode::KeyringSilent, "it has no place for passwords");
    if (secret_collection_get_locked(collection.get()))
        return failure(ErrorCode::KeyringSilent, "it is locked");
    return {};
}

class Keyring final : public SecretStore {
public:
    static Result<> check()
    {
        const auto service = findService();
        return service ? checkUnlocked(**service) : tl::unexpected(service.error());
    }

    Result<std::optional<Secret>> find(const std::string &key) override
    {
        if (const auto checked = check(); !checked)
            return tl::unexpected(checked.error());
        KeyringCall call;
        GError *error = nullptr;
        secret_password_lookup(schema(), call.cancellable(), &KeyringCall::answered, &call, "key",
                               key.c_str(), nullptr);
        const std::unique_ptr<gchar, FreePassword> found(
            secret_password_lookup_finish(call.wait(), &error));
        if (error)
            return silent(error);
        return found ? std::optional(Secret(found.get())) : std::nullopt;
    }

    Result<> keep(const std::string &key, const Secret &secret) override
    {
        if (auto checked = check(); !checked)
            return checked;
        KeyringCall call;
        GError *error = nullptr;
        secret_password_store(schema(), SECRET_COLLECTION_DEFAULT, ("Heliograph: " + key).c_str(),
                              secret.reveal().c_str(), call.cancellable(), &KeyringCall::answered,
                              &call, "key", key.c_str(), nullptr);
        secret_password_store_finish(call.wait(), &error);
        return error ? Result<>(silent(error)) : Result<>();
    }

    Result<> forget(const std::string &key) override
    {
        if (auto checked = check(); !checked)
            return checked;
        KeyringCall call;
        GError *error = nullptr;
        secret_password_clear(schema(), call.cancellable(), &KeyringCall::answered, &call, "key",
                              key.c_str(), nullptr);
        secret_password_clear_finish(call.wait(), &error);
        return error ? Result<>(silent(error)) : Result<>();
    }

    std::filesystem::path file() const override { return {}; }
};

} // namespace

std::unique_ptr<SecretStore> openKeyring()
{
    if (!hasBus() || !Keyring::check())
        return nullptr;
    return std::make_unique<Keyring>();
}

} // namespace heliograph
