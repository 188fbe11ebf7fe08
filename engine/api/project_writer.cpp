// The project as TOML: every key is written, but for what is rarely wanted and as it usually is.
#include "api/project_words.h"
#include "engine/project.h"

#include <fstream>
#include <sstream>
#include <system_error>
#include <toml++/toml.h>
#include <unistd.h>

namespace heliograph {

namespace {

toml::table writeSettings(const Settings &settings)
{
    toml::table table;
    for (const auto &[key, value] : settings)
        std::visit(
            [&table, &key = key]<class T>(const T &v) {
                if constexpr (!std::is_same_v<T, Secret>) // those are in the SecretStore
                    table.insert(key, v);
            },
            value);
    return table;
}

toml::array writeUsers(const std::vector<User> &users)
{
    toml::array array;
    for (const User &user : users)
        array.push_back(toml::table{{"name", user.name},
                                    {"watch", user.roles.watch},
                                    {"publish", user.roles.publish},
                                    {"control", user.roles.control}});
    return array;
}

toml::table writeSource(const ProjectSource &source)
{
    toml::table table{
        {"name", source.source.name},    {"type", source.source.type},
        {"mount", source.publish.mount}, {"audience", nameOf(source.publish.audience)},
        {"published", source.published}, {"settings", writeSettings(source.source.settings)}};
    if (source.publish.multicast)
        table.insert("multicast", true);
    if (!source.publish.rests)
        table.insert("rests", false);
    if (source.publish.whileLost != WhileLost::Name)
        table.insert("while_lost", whileLostNames[std::size_t(source.publish.whileLost)]);
    if (!source.publish.lostImage.empty())
        table.insert("lost_image", source.publish.lostImage);
    if (!source.publish.users.empty())
        table.insert("users", writeUsers(source.publish.users));
    return table;
}

std::string writeProject(const Project &project)
{
    toml::table root{{"version", projectVersion}};
    toml::array sources;
    for (const ProjectSource &source : project.sources)
        sources.push_back(writeSource(source));
    toml::array outputs;
    for (const OutputConfig &output : project.outputs)
        outputs.push_back(
            toml::table{{"type", output.type}, {"settings", writeSettings(output.settings)}});
    root.insert("source", std::move(sources));
    root.insert("output", std::move(outputs));
    toml::array banned;
    for (const std::string &address : project.banned)
        banned.push_back(address);
    if (!banned.empty())
        root.insert("banned", std::move(banned));
    std::ostringstream text;
    text << "# A Heliograph project: what the studio and heliograph-cli serve.\n" << root << '\n';
    return text.str();
}

Result<> writeWhole(const std::filesystem::path &file, const std::string &text)
{
    const std::filesystem::path fresh = file.string() + "." + std::to_string(::getpid()) + ".new";
    std::error_code error;
    {
        std::ofstream stream(fresh, std::ios::binary | std::ios::trunc);
        stream << text;
        stream.flush();
        if (!stream) {
            std::filesystem::remove(fresh, error);
            return failure(ErrorCode::PermissionDenied, fresh.string());
        }
    }
    std::filesystem::rename(fresh, file, error);
    if (error)
        return failure(ErrorCode::PermissionDenied, file.string());
    return {};
}

} // namespace

Result<> saveProject(const Project &project, const std::filesystem::path &file)
{
    const auto old = loadProject(file);
    if (!old && old.error().code != ErrorCode::NotFound)
        return tl::unexpected(old.error());
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error)
        return failure(ErrorCode::PermissionDenied, file.parent_path().string());
    return writeWhole(file, writeProject(project));
}

} // namespace heliograph
