// Which password of a project is kept under which key.
#include "engine/secret_store.h"

#include <map>

namespace heliograph {

namespace {

// The first error is the one to tell; the others are tried all the same.
void note(Result<> &first, const Result<> &step)
{
    if (first && !step)
        first = step;
}

std::map<std::string, Secret> secretsOf(const Project &project)
{
    std::map<std::string, Secret> secrets;
    for (const ProjectSource &source : project.sources)
        for (const User &user : source.publish.users)
            if (Secret &secret = secrets[secretKey(source.publish.mount, user.name)];
                secret.empty())
                secret = user.password;
    return secrets;
}

} // namespace

// A mount has no blank in it.
std::string secretKey(const std::string &mount, const std::string &user)
{
    return "user " + mount + " " + user;
}

Result<> fetchSecrets(Project &project, SecretStore &store)
{
    Result<> first;
    for (ProjectSource &source : project.sources)
        for (User &user : source.publish.users) {
            if (!user.password.empty())
                continue;
            auto found = store.find(secretKey(source.publish.mount, user.name));
            if (!found)
                note(first, tl::unexpected(found.error()));
            else
                user.password = (*std::move(found)).value_or(Secret());
        }
    return first;
}

Result<> keepSecrets(const Project &before, const Project &now, SecretStore &store)
{
    Result<> first;
    const auto old = secretsOf(before);
    const auto fresh = secretsOf(now);
    for (const auto &[key, secret] : fresh) {
        const auto known = old.find(key);
        if (!secret.empty() && (known == old.end() || known->second != secret))
            note(first, store.keep(key, secret));
    }
    for (const auto &[key, secret] : old)
        if (!fresh.contains(key))
            note(first, store.forget(key));
    return first;
}

} // namespace heliograph
