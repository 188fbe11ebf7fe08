#include "cli/options.h"

#include "cli/source_spec.h"
#include "parse_error.h"

#include <engine/sentences.h>
#include <engine/studio.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <sstream>

namespace heliograph::cli {

namespace {

constexpr int usageError = 1;
constexpr const char *passwordVariable = "HELIOGRAPH_PASSWORD";

struct Words { // as typed
    std::string project;
    std::vector<std::string> sources;
    std::vector<std::string> mounts;
    std::vector<std::string> users;
    std::optional<int> port;
    std::optional<int> tlsPort;
    std::optional<int> rtmpPort;
    std::optional<int> rtmpsPort;
    std::string certificate;
    std::string certificateKey;
    std::string bind;
    std::string whileLost; // empty: as it is
    bool noRest = false;
    int loops = 1;
    double stats = 0;
    double duration = 0;
    std::string listDevices; // the form; empty: not asked for
    std::string listEncoders; // likewise
    bool remote = false;
    bool verbose = false;
};

std::string settingsHelp(const std::string &title, const SettingsSchema &schema)
{
    std::ostringstream text;
    text << title << "\n";
    for (const SettingField &field : schema) {
        text << "  " << field.key << "=" << settingToText(field.fallback);
        if (!field.unit.empty())
            text << " " << field.unit;
        text << "\n      " << field.help << "\n";
        for (const SettingChoice &choice : field.choices)
            text << (&choice == field.choices.data() ? "      " : ", ") << choice.value;
        text << (field.choices.empty() ? "" : "\n");
    }
    return text.str();
}

std::string footer()
{
    std::string text = "Sources, with their settings and what holds when nothing is said:\n\n";
    for (const SourceTypeInfo &type : Studio::sourceTypes())
        text += settingsHelp(type.id + "  (" + type.title + ")", type.schema) + "\n";
    text += "A comma inside a value is written \\,\n\n"
            "Example: heliograph-cli --source pattern:size=1920x1080,fps=30 --as test\n"
            "then:    ffplay rtsp://127.0.0.1:8554/test\n"
            "Locked:  HELIOGRAPH_PASSWORD=… heliograph-cli --source webcam --as cam --user ann";
    return text;
}

void declare(CLI::App &app, Words &words)
{
    app.set_version_flag("--version", "heliograph-cli " HELIOGRAPH_VERSION);
    app.footer(footer());
    app.add_option("--project", words.project, "Serve what this project file says")
        ->type_name("FILE");
    app.add_option("--source", words.sources, "Add a source; give it a mount with --as")
        ->type_name("TYPE[:key=value,...]")
        ->allow_extra_args(false);
    app.add_option("--as", words.mounts, "The mount of the --source before it")
        ->type_name("MOUNT")
        ->allow_extra_args(false);
    app.add_option(
           "--user", words.users,
           "Only who logs in with this name may watch, every stream, also from the network. "
           "The password comes from the environment variable HELIOGRAPH_PASSWORD, else from "
           "where the studio keeps it; never from the command line, which others can read")
        ->type_name("NAME")
        ->allow_extra_args(false);
    app.add_option("--rtsp", words.port, "RTSP port (8554); 0 lets the system choose")
        ->type_name("PORT")
        ->check(CLI::Range(0, 65535));
    app.add_option("--rtsps", words.tlsPort, "Serve RTSPS, too, on this port; 0 chooses one")
        ->type_name("PORT")
        ->check(CLI::Range(0, 65535));
    app.add_option("--rtmp", words.rtmpPort,
                   "RTMP port, for players and for encoders such as OBS (1935); 0 turns it off")
        ->type_name("PORT")
        ->check(CLI::Range(0, 65535));
    app.add_option("--rtmps", words.rtmpsPort, "Serve RTMPS, too, on this port; 0 chooses one")
        ->type_name("PORT")
        ->check(CLI::Range(0, 65535));
    app.add_option(
           "--certificate", words.certificate,
           "PEM file for RTSPS and RTMPS; without it, a self-signed certificate is made and kept")
        ->type_name("FILE");
    app.add_option("--certificate-key", words.certificateKey, "PEM file of the certificate's key")
        ->type_name("FILE");
    app.add_option("--bind", words.bind, "Address to listen on (127.0.0.1); 0.0.0.0 for all")
        ->type_name("ADDRESS");
    app.add_option(
           "--while-lost", words.whileLost,
           "What viewers see while a source is lost: name (a picture with the mount's name, "
           "which is usual), last (the last picture), nothing, or a picture's file")
        ->type_name("WHAT");
    app.add_flag("--no-rest", words.noRest,
                 "Encode also while nobody watches; else that begins with the first viewer");
    app.add_option("--loops", words.loops, "Serve viewers on so many threads, by their address (1)")
        ->type_name("N")
        ->check(CLI::Range(1, 64));
    app.add_option("--stats", words.stats, "Print the state as a line of JSON this often")
        ->type_name("SECONDS")
        ->check(CLI::PositiveNumber);
    app.add_option("--duration", words.duration, "End by itself after this time")
        ->type_name("SECONDS")
        ->check(CLI::PositiveNumber);
    app.add_flag("--list-devices{text}", words.listDevices,
                 "Print the cameras, screens and windows with their modes, and end; "
                 "--list-devices=json for programs")
        ->check(CLI::IsMember({"text", "json"}));
    app.add_flag("--list-encoders{text}", words.listEncoders,
                 "Print the H.264 encoders, and why one does not work on this computer, and end; "
                 "--list-encoders=json for programs")
        ->check(CLI::IsMember({"text", "json"}));
    app.add_flag("--remote", words.remote,
                 "Take commands from standard input, a line each: pause MOUNT, play MOUNT, "
                 "seek MOUNT SECONDS");
    app.add_flag("--verbose", words.verbose, "Log what happens to standard error");
}

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
            return tl::unexpected(mount.error());
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

void applyWhileLost(Project &project, const std::string &what)
{
    if (what.empty())
        return;
    for (ProjectSource &source : project.sources) {
        source.publish.whileLost = what == "name" ? WhileLost::Name
            : what == "last"                      ? WhileLost::LastPicture
            : what == "nothing"                   ? WhileLost::Nothing
                                                  : WhileLost::Image;
        if (source.publish.whileLost == WhileLost::Image)
            source.publish.lostImage = what;
    }
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

std::optional<std::chrono::duration<double>> seconds(double value)
{
    return value > 0 ? std::optional(std::chrono::duration<double>(value)) : std::nullopt;
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

} // namespace

std::variant<Options, Exit> readOptions(int argc, char **argv)
{
    CLI::App app("Heliograph: serves cameras, video files and test pictures over RTSP and RTMP.",
                 "heliograph-cli");
    Words words;
    declare(app, words);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &problem) {
        std::ostringstream out;
        const int code = app.exit(problem, out, out);
        return code == 0 ? Exit{0, out.str()}
                         : Exit{usageError, withoutValues(out.str(), argc, argv)};
    }
    Options options;
    options.statsPeriod = seconds(words.stats);
    options.duration = seconds(words.duration);
    options.loops = words.loops;
    options.remote = words.remote;
    options.verbose = words.verbose;
    options.listDevices = listForm(words.listDevices);
    options.listEncoders = listForm(words.listEncoders);
    if (options.listDevices || options.listEncoders)
        return options;
    auto project = readProject(words);
    if (!project)
        return refuse(project.error());
    options.project = *std::move(project);
    if (const auto added = addSources(options.project, words); !added)
        return refuse(added.error());
    options.password = takePassword();
    if (const auto applied = applyUsers(options.project, words, options.password); !applied)
        return refuse(applied.error());
    applyServers(options.project, words);
    applyWhileLost(options.project, words.whileLost);
    for (ProjectSource &source : options.project.sources)
        source.publish.rests = source.publish.rests && !words.noRest;
    options.rtmpAsked = words.rtmpPort.has_value() || words.rtmpsPort.has_value();
    return options;
}

} // namespace heliograph::cli
