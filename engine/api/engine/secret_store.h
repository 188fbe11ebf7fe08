// Where passwords are kept between two runs: the desktop's keyring (Secret Service) where there is
// one, else a file that only its user may read. Never the project file.
// Thread: any one at a time; every member may block (keyring, disk). Owner: the front end.
#pragma once

#include "engine/error.h"
#include "engine/project.h"
#include "engine/secret.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace heliograph {

class SecretStore {
public:
    virtual ~SecretStore() = default;

    // Nothing: none is kept under this key. Errors: FileUnreadable, FileBroken.
    virtual Result<std::optional<Secret>> find(const std::string &key) = 0;
    // Errors: FileUnreadable, PermissionDenied.
    virtual Result<> keep(const std::string &key, const Secret &secret) = 0;
    virtual Result<> forget(const std::string &key) = 0;

    // For a person: "the desktop's keyring", or the file's path.
    virtual std::string place() const = 0;
};

// The keyring when one answers, else defaultSecretFile().
std::unique_ptr<SecretStore> openSecretStore();
std::unique_ptr<SecretStore> openSecretFile(std::filesystem::path file);

// $XDG_DATA_HOME/heliograph/secrets.toml, or ~/.local/share/heliograph/secrets.toml.
std::filesystem::path defaultSecretFile();

// Fills in the passwords of every user of the project; one that is not kept stays empty.
Result<> fetchSecrets(Project &project, SecretStore &store);
// Keeps those of `now`, forgets those that only `before` had.
Result<> keepSecrets(const Project &before, const Project &now, SecretStore &store);

} // namespace heliograph
