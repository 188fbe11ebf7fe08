// Passwords in a TOML file that only its user may read: version = 1, and a table of keys. It is
// read anew at each question, so that two programs may share it.
#include "engine/secret_store.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <map>
#include <sstream>
#include <sys/stat.h>
#include <system_error>
#include <toml++/toml.h>
#include <unistd.h>

namespace heliograph {

namespace {

constexpr std::int64_t currentVersion = 1;
constexpr mode_t onlyMine = 0600;
constexpr mode_t ofOthers = 077;

using Secrets = std::map<std::string, Secret>;

// What is wrong is not told: it might quote a password.
tl::unexpected<Error> broken(const std::filesystem::path &file, const toml::source_region &region)
{
    return failure(ErrorCode::FileBroken,
                   file.string() + " › line " + std::to_string(region.begin.line) + ", column "
                       + std::to_string(region.begin.column));
}

Result<Secrets> readTable(const toml::table &root, const std::filesystem::path &file)
{
    const auto version = root["version"].value_exact<std::int64_t>();
    if (version && *version > currentVersion)
        return failure(ErrorCode::FileTooNew,
                       file.string() + " › version " + std::to_string(*version));
    const toml::table *table = root["secrets"].as_table();
    if (version != currentVersion || !table)
        return broken(file, root.source());
    Secrets secrets;
    for (const auto &[key, node] : *table) {
        const auto text = node.value_exact<std::string>();
        if (!text)
            return broken(file, node.source());
        secrets.emplace(key.str(), Secret(*text));
    }
    return secrets;
}

Result<Secrets> parse(const std::string &text, const std::filesystem::path &file)
{
    try {
        return readTable(toml::parse(text), file);
    } catch (const toml::parse_error &problem) {
        return broken(file, problem.source());
    }
}

std::string write(const Secrets &secrets)
{
    toml::table table;
    for (const auto &[key, secret] : secrets)
        table.insert(key, secret.reveal());
    std::ostringstream text;
    text << "# Passwords of Heliograph. Nobody but you may read this file.\n"
         << toml::table{{"version", currentVersion}, {"secrets", std::move(table)}} << '\n';
    return text.str();
}

// A file descriptor that closes itself.
class OpenFile {
public:
    explicit OpenFile(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    ~OpenFile()
    {
        if (isOpen())
            ::close(m_descriptor);
    }
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;

    bool isOpen() const { return m_descriptor >= 0; }
    int get() const { return m_descriptor; }

    bool writeAll(std::string_view text) const
    {
        while (!text.empty()) {
            const ssize_t written = ::write(m_descriptor, text.data(), text.size());
            if (written < 0 && errno != EINTR)
                return false;
            text.remove_prefix(std::size_t(std::max<ssize_t>(0, written)));
        }
        return ::fsync(m_descriptor) == 0;
    }

    std::optional<std::string> readAll() const
    {
        std::string text;
        for (char block[4096];;) {
            const ssize_t count = ::read(m_descriptor, block, sizeof block);
            if (count < 0 && errno != EINTR)
                return std::nullopt;
            if (count == 0)
                return text;
            text.append(block, std::size_t(std::max<ssize_t>(0, count)));
        }
    }

private:
    const int m_descriptor;
};

class SecretFile final : public SecretStore {
public:
    explicit SecretFile(std::filesystem::path file)
        : m_file(std::move(file))
    {
    }

    Result<std::optional<Secret>> find(const std::string &key) override
    {
        const auto secrets = read();
        if (!secrets)
            return tl::unexpected(secrets.error());
        const auto found = secrets->find(key);
        return found == secrets->end() ? std::nullopt : std::optional(found->second);
    }

    Result<> keep(const std::string &key, const Secret &secret) override
    {
        auto secrets = read();
        if (!secrets)
            return tl::unexpected(secrets.error());
        (*secrets)[key] = secret;
        return replaceBy(write(*secrets));
    }

    Result<> forget(const std::string &key) override
    {
        auto secrets = read();
        if (!secrets)
            return tl::unexpected(secrets.error());
        return secrets->erase(key) ? replaceBy(write(*secrets)) : Result<>();
    }

    std::filesystem::path file() const override { return m_file; }

private:
    // One that is not there holds nothing.
    Result<Secrets> read() const
    {
        const OpenFile open(::open(m_file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
        if (!open.isOpen() && errno == ENOENT)
            return Secrets();
        struct stat facts = {};
        if (!open.isOpen() || ::fstat(open.get(), &facts) != 0 || !S_ISREG(facts.st_mode))
            return failure(ErrorCode::FileUnreadable, m_file.string());
        if (facts.st_mode & ofOthers)
            return failure(ErrorCode::FileExposed, m_file.string());
        const auto text = open.readAll();
        return text ? parse(*text, m_file)
                    : Result<Secrets>(failure(ErrorCode::FileUnreadable, m_file.string()));
    }

    // Written beside and renamed, so that a crash leaves the old one whole.
    Result<> replaceBy(const std::string &text) const
    {
        if (auto made = makeFolder(); !made)
            return made;
        const std::string fresh = m_file.string() + "." + std::to_string(::getpid()) + ".new";
        ::unlink(fresh.c_str()); // of a crash long ago
        const OpenFile open(
            ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, onlyMine));
        const bool done =
            open.isOpen() && open.writeAll(text) && ::rename(fresh.c_str(), m_file.c_str()) == 0;
        if (!done && open.isOpen())
            ::unlink(fresh.c_str());
        return done ? Result<>() : failure(ErrorCode::PermissionDenied, m_file.string());
    }

    Result<> makeFolder() const
    {
        const std::filesystem::path folder = m_file.parent_path();
        std::error_code error;
        std::filesystem::create_directories(folder.parent_path(), error);
        if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
            return failure(ErrorCode::PermissionDenied, folder.string());
        return {};
    }

    const std::filesystem::path m_file;
};

} // namespace

std::unique_ptr<SecretStore> openSecretFile(std::filesystem::path file)
{
    return std::make_unique<SecretFile>(std::move(file));
}

std::filesystem::path defaultSecretFile()
{
    const char *data = std::getenv("XDG_DATA_HOME");
    const char *home = std::getenv("HOME");
    const std::filesystem::path base = data && *data
        ? std::filesystem::path(data)
        : std::filesystem::path(home ? home : ".") / ".local" / "share";
    return base / "heliograph" / "secrets.toml";
}

} // namespace heliograph
