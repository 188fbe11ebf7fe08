// The desktop's keyring, asked through libsecret.
// Thread: any one at a time; every call waits for the keyring, a few seconds at most.
// Owner: whoever opened it.
#pragma once

#include "engine/secret_store.h"

namespace heliograph {

// Null: there is no session bus, nobody answers on it, or the keyring is locked.
std::unique_ptr<SecretStore> openKeyring();

} // namespace heliograph
