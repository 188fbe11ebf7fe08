#include "cli/options.h"

#include "cli/conflicts.h"
#include "cli/source_spec.h"
#include "cli/words.h"

#include <engine/sentences.h>
#include <engine/studio.h>

#include <algorithm>
#include <cstdlib>

namespace heliograph::cli {

namespace {

constexpr int usageError = 1;
constexpr const char *passwordVariable = "HELIOGRAPH_PASSWORD";

Result<> addSources(Project &project, const Words &words)
{
    if (words.sources.size() != words.mounts.size())
        return failure(ErrorCode::InvalidArgument,
                       "Each --source needs its mount: --source pattern --as test.");
    for (std::size_t i = 0; i < words.sources.size(); ++i) {
        auto source = parseSourceSpec(words.sources[i]);
        const auto mount = normalizeMount(words.mounts[i]);
        if (!source)
            return tl::unexpected(source.error());
        if (!mount)
            return failure(ErrorCode::InvalidArgument,
                           "The mount behind --as cannot be used: " + mount.error().detail + ".");
        project.sources.push_back({*source, {*mount, Audience::ThisComputer}, true});
    }
    return {};
}

// Children and their children need not know it.
Secret takePassword()
{
    const char *text = std::getenv(passwordVariable);
    Secret password(text ? text : "");
    ::unsetenv(passwordVariable);
    return password;
}

Result<> applyUsers(Project &project, const Words &words, const Secret &password)
{
    std::vector<User> users;
    for (const std::string &name : words.users) {
        if (!checkUser({name, Secret("any"), {}})) // "ann:password" is how other programs want it
            return failure(ErrorCode::InvalidArgument,
                           "--user takes a name of 1 to 64 characters, none of them : or \"; the "
                           "password comes from the environment variable HELIOGRAPH_PASSWORD.");
        users.push_back({name, password, {}});
    }
    if (users.empty())
        return {};
    for (ProjectSource &source : project.sources) {
        source.publish.audience = Audience::MyNetworkWithPassword;
        source.publish.users = users;
    }
    return {};
}

void applyTls(Settings &settings, const Words &words, std::optional<int> port)
{
    if (port) {
        settings["tls"] = true;
        settings["tls_port"] = std::int64_t(*port);
    }
    if (!words.certificate.empty())
        settings["certificate"] = words.certificate;
    if (!words.certificateKey.empty())
        settings["certificate_key"] = words.certificateKey;
}

Settings &settingsOf(Project &project, const std::string &type)
{
    const auto known =
        std::ranges::find(project.outputs, type, [](const auto &output) { return output.type; });
    return known != project.outputs.end()
        ? known->settings
        : project.outputs.emplace_back(OutputConfig{type, {}}).settings;
}

void applyRtsp(Settings &settings, const Words &words)
{
    if (words.port)
        settings["port"] = std::int64_t(*words.port);
    applyTls(settings, words, words.tlsPort);
    if (!words.bind.empty())
        settings["address"] = words.bind;
}

void applyRtmp(Settings &settings, const Words &words)
{
    if (words.rtmpPort) {
        settings["enabled"] = *words.rtmpPort != 0;
        settings["port"] = std::int64_t(*words.rtmpPort);
    }
    applyTls(settings, words, words.rtmpsPort);
    if (!words.bind.empty())
        settings["address"] = words.bind;
}

Result<WhileLost> readWhileLost(const std::string &what)
{
    if (what == "name")
        return WhileLost::Name;
    if (what == "last")
        return WhileLost::LastPicture;
    if (what == "nothing")
        return WhileLost::Nothing;
    std::error_code error;
    if (std::filesystem::is_regular_file(what, error))
        return WhileLost::Image;
    return failure(ErrorCode::InvalidArgument,
                   "--while-lost takes name, last, nothing or a picture's file, and there is no "
                   "file called \""
                       + maskCredentials(what) + "\".");
}

Result<> applyWhileLost(Project &project, const std::string &what)
{
    if (what.empty())
        return {};
    const auto read = readWhileLost(what);
    if (!read)
        return tl::unexpected(read.error());
    for (ProjectSource &source : project.sources) {
        source.publish.whileLost = *read;
        if (*read == WhileLost::Image)
            source.publish.lostImage = what;
    }
    return {};
}

// The servers' options and --bind speak for every source, whatever the project file says of them.
void applyServers(Project &project, const Words &words)
{
    applyRtsp(settingsOf(project, "rtsp"), words);
    applyRtmp(settingsOf(project, "rtmp"), words);
    if (words.bind.empty())
        return;
    const bool local = words.bind.starts_with("127.") || words.bind == "::1";
    for (ProjectSource &source : project.sources)
        if (source.publish.audience != Audience::MyNetworkWithPassword) // which stays locked
            source.publish.audience = local ? Audience::ThisComputer : Audience::MyNetwork;
}

void nameSecrets(Project &project)
{
    for (ProjectSource &source : project.sources)
        for (const SourceTypeInfo &type : Studio::sourceTypes())
            if (type.id == source.source.type)
                heliograph::nameSecrets(type.schema, source.source.settings);
}

Result<Project> readProject(const Words &words)
{
    const bool named = !words.project.empty();
    if (!named && !words.sources.empty())
        return Project{};
    auto loaded = loadProject(named ? std::filesystem::path(words.project) : defaultProjectPath(),
                              Studio::projectRules());
    if (!loaded && !named && loaded.error().code == ErrorCode::NotFound)
        return failure(ErrorCode::InvalidArgument,
                       "There is nothing to serve. Name a source, for example --source pattern "
                       "--as test, or a project file. --help tells more.");
    if (!loaded)
        return tl::unexpected(loaded.error());
    if (!loaded->faults.empty())
        return tl::unexpected(loaded->faults.front().error);
    nameSecrets(loaded->project);
    return std::move(loaded->project);
}

std::optional<std::chrono::duration<double>> seconds(std::optional<double> value)
{
    return value ? std::optional(std::chrono::duration<double>(*value)) : std::nullopt;
}

std::optional<ListForm> listForm(const std::string &word)
{
    if (word.empty())
        return std::nullopt;
    return word == "json" ? ListForm::Json : ListForm::Text;
}

// A detail of ours is a sentence already; what comes from deeper gets one.
Exit refuse(const Error &error)
{
    const bool whole = error.code == ErrorCode::InvalidArgument;
    return {usageError, whole ? error.detail : sentence(error)};
}

// What is said of how to serve, whatever that is.
Options optionsOf(const Words &words)
{
    Options options;
    options.statsPeriod = seconds(words.stats);
    options.duration = seconds(words.duration);
    options.loops = words.loops;
    options.remote = words.remote;
    options.verbose = words.verbose;
    options.rtmpAsked = words.asksForRtmp();
    options.listDevices = listForm(words.listDevices);
    options.listEncoders = listForm(words.listEncoders);
    return options;
}

// What is served: the file's sources and servers, changed by what was said.
Result<> fillProject(Options &options, const Words &words)
{
    auto project = readProject(words);
    if (!project)
        return tl::unexpected(project.error());
    options.project = *std::move(project);
    if (auto added = addSources(options.project, words); !added)
        return added;
    options.password = takePassword();
    if (auto applied = applyUsers(options.project, words, options.password); !applied)
        return applied;
    applyServers(options.project, words);
    for (ProjectSource &source : options.project.sources)
        source.publish.rests = source.publish.rests && !words.noRest;
    if (auto applied = applyWhileLost(options.project, words.whileLost); !applied)
        return applied;
    return checkConflicts(options.project, words);
}

} // namespace

std::variant<Options, Exit> readOptions(int argc, char **argv)
{
    const auto read = readWords(argc, argv);
    if (const auto *exit = std::get_if<Exit>(&read))
        return *exit;
    const Words &words = std::get<Words>(read);
    Options options = optionsOf(words);
    if (options.listDevices || options.listEncoders)
        return options;
    if (const auto filled = fillProject(options, words); !filled)
        return refuse(filled.error());
    return options;
}

} // namespace heliograph::cli
