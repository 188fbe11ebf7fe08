// The project out of TOML. What is missing has its fallback, and an unknown key is an error, so
// that a typing mistake never goes unnoticed.
#include "api/project_words.h"
#include "engine/project_check.h"

#include <fstream>
#include <regex>
#include <sstream>
#include <system_error>
#include <toml++/toml.h>

namespace heliograph {

namespace {

std::string place(const toml::source_region &region)
{
    return "line " + std::to_string(region.begin.line) + ", column "
        + std::to_string(region.begin.column);
}

// The parser quotes what it read: more than a few characters of it may be a password.
std::string withoutQuotes(std::string_view description)
{
    static const std::regex quoted("'[^']{5,}'");
    return std::regex_replace(std::string(description), quoted, "'…'");
}

tl::unexpected<Error> broken(const toml::node &node, const std::string &what)
{
    return failure(ErrorCode::FileBroken, place(node.source()) + ": " + what);
}

Result<> onlyKeys(const toml::table &table, std::initializer_list<std::string_view> known)
{
    for (const auto &[key, node] : table)
        if (std::find(known.begin(), known.end(), key.str()) == known.end())
            return broken(node, "there is nothing called \"" + std::string(key.str()) + "\" here");
    return {};
}

template <class T>
Result<> readInto(T &value, const toml::table &table, std::string_view key, const char *wanted)
{
    const toml::node *node = table.get(key);
    if (!node)
        return {};
    if (const auto read = node->value_exact<T>()) {
        value = *read;
        return {};
    }
    return broken(*node, std::string(key) + " must be " + wanted);
}

Result<SettingValue> readValue(const std::string &key, const toml::node &node)
{
    if (const auto value = node.value_exact<bool>())
        return SettingValue(*value);
    if (const auto value = node.value_exact<std::int64_t>())
        return SettingValue(*value);
    if (const auto value = node.value_exact<double>())
        return SettingValue(*value);
    if (const auto value = node.value_exact<std::string>())
        return SettingValue(*value);
    return broken(node, key + " must be text, a number, true or false");
}

Result<Settings> readSettings(const toml::table &owner)
{
    Settings settings;
    const toml::node *node = owner.get("settings");
    if (!node)
        return settings;
    if (!node->is_table())
        return broken(*node, "settings must be a table");
    for (const auto &[key, value] : *node->as_table()) {
        auto read = readValue(std::string(key.str()), value);
        if (!read)
            return tl::unexpected(read.error());
        settings.emplace(key.str(), *std::move(read));
    }
    return settings;
}

Result<Audience> readAudience(const toml::table &table)
{
    const toml::node *node = table.get("audience");
    if (!node)
        return Audience::ThisComputer;
    const auto text = node->value_exact<std::string>();
    for (const AudienceName &known : audienceNames)
        if (text == known.name)
            return known.audience;
    return broken(*node,
                  "audience must be \"this-computer\", \"my-network\" or "
                  "\"my-network-with-password\"");
}

Result<WhileLost> readWhileLost(const toml::table &table)
{
    const toml::node *node = table.get("while_lost");
    if (!node)
        return WhileLost::Name;
    const auto text = node->value_exact<std::string>();
    for (std::size_t i = 0; i < whileLostNames.size(); ++i)
        if (text == whileLostNames[i])
            return WhileLost(i);
    return broken(*node, "while_lost must be \"name\", \"last-picture\", \"image\" or \"nothing\"");
}

// Reads every table of an array such as [[source]].
template <class T>
Result<> readEach(std::vector<T> &items, const toml::table &root, std::string_view key,
                  Result<T> (*read)(const toml::table &))
{
    const toml::node *node = root.get(key);
    if (!node)
        return {};
    const bool empty = node->is_array() && node->as_array()->empty();
    if (!empty && !node->is_array_of_tables())
        return broken(*node, "write it as [[" + std::string(key) + "]]");
    for (const toml::node &element : *node->as_array()) {
        auto item = read(*element.as_table());
        if (!item)
            return tl::unexpected(item.error());
        items.push_back(*std::move(item));
    }
    return {};
}

Result<User> readUser(const toml::table &table)
{
    User user;
    for (const Result<> &step : {onlyKeys(table, {"name", "watch", "publish", "control"}),
                                 readInto(user.name, table, "name", "text"),
                                 readInto(user.roles.watch, table, "watch", "true or false"),
                                 readInto(user.roles.publish, table, "publish", "true or false"),
                                 readInto(user.roles.control, table, "control", "true or false")})
        if (!step)
            return tl::unexpected(step.error());
    return user;
}

Result<> readMount(std::string &mount, const toml::table &table)
{
    if (auto read = readInto(mount, table, "mount", "text"); !read || mount.empty())
        return read;
    const auto normal = normalizeMount(mount);
    if (!normal)
        return broken(*table.get("mount"), normal.error().detail);
    mount = *normal;
    return {};
}

Result<ProjectSource> readSource(const toml::table &table)
{
    ProjectSource source;
    const auto settings = readSettings(table);
    const auto audience = readAudience(table);
    const auto whileLost = readWhileLost(table);
    for (const Result<> &step :
         {onlyKeys(table,
                   {"name", "type", "mount", "audience", "published", "multicast", "rests",
                    "while_lost", "lost_image", "users", "settings"}),
          readInto(source.source.name, table, "name", "text"),
          readInto(source.source.type, table, "type", "text"),
          readMount(source.publish.mount, table),
          readInto(source.published, table, "published", "true or false"),
          readInto(source.publish.multicast, table, "multicast", "true or false"),
          readInto(source.publish.rests, table, "rests", "true or false"),
          readInto(source.publish.lostImage, table, "lost_image", "text"),
          readEach(source.publish.users, table, "users", readUser)})
        if (!step)
            return tl::unexpected(step.error());
    if (!settings)
        return tl::unexpected(settings.error());
    if (!whileLost)
        return tl::unexpected(whileLost.error());
    source.publish.whileLost = *whileLost;
    if (!audience)
        return tl::unexpected(audience.error());
    source.source.settings = *settings;
    source.publish.audience = *audience;
    return source;
}

Result<OutputConfig> readOutput(const toml::table &table)
{
    OutputConfig output;
    const auto settings = readSettings(table);
    for (const Result<> &step :
         {onlyKeys(table, {"type", "settings"}), readInto(output.type, table, "type", "text")})
        if (!step)
            return tl::unexpected(step.error());
    if (!settings)
        return tl::unexpected(settings.error());
    output.settings = *settings;
    return output;
}

Result<> checkVersion(const toml::table &root)
{
    const toml::node *node = root.get("version");
    const auto version = node ? node->value_exact<std::int64_t>() : std::nullopt;
    if (!version)
        return failure(ErrorCode::FileBroken,
                       "line 1, column 1: version = 1 is missing; is this a project file?");
    if (*version > projectVersion)
        return failure(ErrorCode::FileTooNew, "version " + std::to_string(*version));
    if (*version < 1)
        return broken(*node, "version must be 1");
    return {};
}

Result<> readBanned(std::vector<std::string> &banned, const toml::table &root)
{
    const toml::node *node = root.get("banned");
    if (!node)
        return {};
    if (!node->is_array())
        return broken(*node, "banned must be a list of addresses");
    for (const toml::node &element : *node->as_array()) {
        const auto address = element.value_exact<std::string>();
        if (!address)
            return broken(element, "banned must be a list of addresses");
        banned.push_back(*address);
    }
    return {};
}

Result<Project> readProject(const toml::table &root)
{
    Project project;
    if (const auto checked = checkVersion(root); !checked)
        return tl::unexpected(checked.error());
    for (const Result<> &step :
         {onlyKeys(root, {"version", "source", "output", "banned"}),
          readBanned(project.banned, root), readEach(project.sources, root, "source", readSource),
          readEach(project.outputs, root, "output", readOutput)})
        if (!step)
            return tl::unexpected(step.error());
    return project;
}

Result<Project> readProject(const std::filesystem::path &file, const toml::table &root)
{
    auto project = readProject(root);
    return project ? std::move(project) : within(file.string(), project.error());
}

Result<std::string> readWhole(const std::filesystem::path &file)
{
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return failure(ErrorCode::NotFound, file.string());
    if (std::filesystem::is_directory(file, error))
        return failure(ErrorCode::FileIsFolder, file.string());
    std::ifstream stream(file, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    if (!stream)
        return failure(ErrorCode::FileUnreadable, file.string());
    return text.str();
}

Result<toml::table> parseProject(const std::filesystem::path &file)
{
    const auto text = readWhole(file);
    if (!text)
        return tl::unexpected(text.error());
    try {
        return toml::parse(*text);
    } catch (const toml::parse_error &problem) {
        return within(file.string(),
                      Error{ErrorCode::FileBroken,
                            place(problem.source()) + ": " + withoutQuotes(problem.description())});
    }
}

// Of the last key that is there: what is missing is told where it belongs.
std::string placeOf(const toml::table &root, const ProjectPath &path)
{
    const toml::node *node = root.get(path.list)->as_array()->get(path.index);
    for (const std::string &key : path.keys)
        if (const toml::node *inner = node->is_table() ? node->as_table()->get(key) : nullptr)
            node = inner;
    return place(node->source());
}

} // namespace

Result<Project> loadProject(const std::filesystem::path &file)
{
    return parseProject(file).and_then(
        [&](const toml::table &root) { return readProject(file, root); });
}

Result<LoadedProject> loadProject(const std::filesystem::path &file, const ProjectRules &rules)
{
    const auto root = parseProject(file);
    if (!root)
        return tl::unexpected(root.error());
    auto project = readProject(file, *root);
    if (!project)
        return tl::unexpected(project.error());
    auto faults =
        findFaults(*project, rules, [&](const ProjectPath &path) { return placeOf(*root, path); });
    for (ProjectFault &fault : faults)
        fault.error = within(file.string(), fault.error).value();
    return LoadedProject{*std::move(project), std::move(faults)};
}

} // namespace heliograph
