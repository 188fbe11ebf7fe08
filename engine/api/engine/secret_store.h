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

    // Nothing: none is kept under this key.
    // Errors of all three: KeyringSilent; FileUnreadable, FileBroken, FileExposed, FileTooNew,
    // PermissionDenied.
    virtual Result<std::optional<Secret>> find(const std::string &key) = 0;
    virtual Result<> keep(const std::string &key, const Secret &secret) = 0;
    virtual Result<> forget(const std::string &key) = 0; // one that is not kept: nothing to do

    // The file's path; empty: the desktop's keyring.
    virtual std::filesystem::path file() const = 0;
};

// The keyring when one answers and is unlocked, else defaultSecretFile(). Never asks a person to
// unlock one. Waits a few seconds for a keyring that does not answer.
std::unique_ptr<SecretStore> openSecretStore();
std::unique_ptr<SecretStore> openSecretFile(std::filesystem::path file);

// $XDG_DATA_HOME/heliograph/secrets.toml, or ~/.local/share/heliograph/secrets.toml.
std::filesystem::path defaultSecretFile();

// The key of a user's password: it belongs to the mount, whichever project serves that.
std::string secretKey(const std::string &mount, const std::string &user);
// Likewise that of a secret setting of the mount's source.
std::string settingSecretKey(const std::string &mount, const std::string &setting);

// Fills in the passwords of every user of the project and the secret settings of every source that
// are empty (see nameSecrets()); one that is not kept stays so.
Result<> fetchSecrets(Project &project, SecretStore &store);
// Keeps what `now` has anew, forgets the keys that only `before` had. An empty password of a user
// is one that nobody knows at the moment: it is neither kept nor forgotten. A secret setting that
// became empty was taken away.
Result<> keepSecrets(const Project &before, const Project &now, SecretStore &store);

} // namespace heliograph
