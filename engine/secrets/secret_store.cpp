#include "engine/secret_store.h"

#include "secrets/keyring.h"

namespace heliograph {

std::unique_ptr<SecretStore> openSecretStore()
{
    if (auto keyring = openKeyring())
        return keyring;
    return openSecretFile(defaultSecretFile());
}

} // namespace heliograph
