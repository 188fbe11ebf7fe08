// The project as TOML. Every key is written; what is missing when read has its fallback, and an
// unknown key is an error, so that a typing mistake never goes unnoticed.
#include "engine/project_check.h"

#include <array>
#include <fstream>
#include <regex>
#include <sstream>
#include <system_error>
#include <toml++/toml.h>
#include <unistd.h>

namespace heliograph {

namespace {

constexpr std::int64_t currentVersion = 1;

struct AudienceName {
    Audience audience;
    std::string_view name;
};
constexpr std::array<AudienceName, 3> audienceNames = {{
    {Audience::ThisComputer, "this-computer"},
    {Audience::MyNetwork, "my-network"},
    {Audience::MyNetworkWithPassword, "my-network-with-password"},
}};

std::string_view nameOf(Audience audience)
{
    return audienceNames[std::size_t(audience)].name;
}

constexpr std::array<std::string_view, 4> whileLostNames = {"name", "last-picture", "image",
                                                            "nothing"};

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
    if (*version > currentVersion)
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
    toml::table root{{"version", currentVersion}};
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
