#include "cli/passwords.h"

#include <engine/secret_store.h>
#include <engine/sentences.h>

#include <algorithm>

namespace heliograph::cli {

namespace {

constexpr int unknownPassword = 1;

// The first user of a locked stream who has no password yet, with that stream.
struct Lack {
    std::string mount;
    User *user = nullptr;
};

Lack nextLack(Project &project)
{
    for (ProjectSource &source : project.sources) {
        if (!source.published || source.publish.audience != Audience::MyNetworkWithPassword)
            continue;
        for (User &user : source.publish.users)
            if (user.password.empty())
                return {source.publish.mount, &user};
    }
    return {};
}

// A secret setting that the project file leaves to where secrets are kept.
bool lacksSetting(const Project &project)
{
    return std::ranges::any_of(project.sources, [](const ProjectSource &source) {
        return source.published
            && std::ranges::any_of(source.source.settings, [](const auto &setting) {
                   const auto *secret = std::get_if<Secret>(&setting.second);
                   return secret && secret->empty();
               });
    });
}

std::string whatToDo(const Lack &lack, const SecretStore &store)
{
    const std::string place =
        store.file().empty() ? "the desktop's keyring" : store.file().string();
    return "The password of the user \"" + lack.user->name + "\" of the stream \"" + lack.mount
        + "\" is not known. Put it into the environment variable HELIOGRAPH_PASSWORD, or give it "
          "in "
          "the studio, which keeps it in "
        + place + ".";
}

} // namespace

std::optional<Exit> findPasswords(Options &options)
{
    if (!nextLack(options.project).user && !lacksSetting(options.project))
        return std::nullopt; // no keyring is asked for nothing
    const auto store = openSecretStore();
    const auto fetched = fetchSecrets(options.project, *store);
    for (Lack lack = nextLack(options.project); lack.user; lack = nextLack(options.project)) {
        if (options.password.empty())
            return Exit{unknownPassword,
                        fetched ? whatToDo(lack, *store) : sentence(fetched.error())};
        lack.user->password = options.password;
    }
    return std::nullopt;
}

} // namespace heliograph::cli
