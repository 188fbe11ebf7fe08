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

// Only those that are there: an empty one is nothing to keep, and no longer wanted.
std::map<std::string, Secret> settingSecretsOf(const Project &project)
{
    std::map<std::string, Secret> secrets;
    for (const ProjectSource &source : project.sources)
        for (const auto &[key, value] : source.source.settings)
            if (const auto *secret = std::get_if<Secret>(&value); secret && !secret->empty())
                secrets[settingSecretKey(source.publish.mount, key)] = *secret;
    return secrets;
}

Result<> fetchInto(Secret &secret, const std::string &key, SecretStore &store)
{
    if (!secret.empty())
        return {};
    auto found = store.find(key);
    if (!found)
        return tl::unexpected(found.error());
    secret = (*std::move(found)).value_or(Secret());
    return {};
}

} // namespace

// A mount has no blank in it.
std::string secretKey(const std::string &mount, const std::string &user)
{
    return "user " + mount + " " + user;
}

std::string settingSecretKey(const std::string &mount, const std::string &setting)
{
    return "setting " + mount + " " + setting;
}

Result<> fetchSecrets(Project &project, SecretStore &store)
{
    Result<> first;
    for (ProjectSource &source : project.sources) {
        const std::string &mount = source.publish.mount;
        for (User &user : source.publish.users)
            note(first, fetchInto(user.password, secretKey(mount, user.name), store));
        for (auto &[key, value] : source.source.settings)
            if (auto *secret = std::get_if<Secret>(&value))
                note(first, fetchInto(*secret, settingSecretKey(mount, key), store));
    }
    return first;
}

Result<> keepSecrets(const Project &before, const Project &now, SecretStore &store)
{
    Result<> first;
    auto old = secretsOf(before);
    auto fresh = secretsOf(now);
    old.merge(settingSecretsOf(before));
    fresh.merge(settingSecretsOf(now));
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
