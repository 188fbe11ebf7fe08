#include "cli/words.h"

#include "cli/numbers.h"
#include "cli/wrapped.h"
#include "parse_error.h"

#include <engine/studio.h>

#include <CLI/CLI.hpp>
#include <sstream>

namespace heliograph::cli {

namespace {

constexpr int usageError = 1;
constexpr double day = 86400; // s
constexpr double year = 365 * day;

constexpr std::size_t width = 80; // of the terminal
constexpr std::size_t optionWidth = 30; // of the left column

// Indented lines; nothing where there is nothing to say.
std::string paragraph(const std::string &text)
{
    const std::string indent(6, ' ');
    return text.empty() ? text : indent + wrapped(text, width - indent.size(), indent) + "\n";
}

// What has no word is what holds anyway.
std::string listed(const std::vector<SettingChoice> &choices)
{
    std::string line;
    for (const SettingChoice &choice : choices)
        if (!choice.value.empty())
            line += (line.empty() ? "" : ", ") + choice.value;
    return line;
}

std::string settingsHelp(const std::string &title, const SettingsSchema &schema)
{
    std::ostringstream text;
    text << title << "\n";
    for (const SettingField &field : schema) {
        text << "  " << field.key << "=" << settingToText(field.fallback);
        if (!field.unit.empty())
            text << " " << field.unit;
        text << "\n" << paragraph(field.help) << paragraph(listed(field.choices));
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
            "Locked:  HELIOGRAPH_PASSWORD=… heliograph-cli --source webcam --as cam --user me";
    return text;
}

class Formatter : public CLI::Formatter {
    std::string make_option_name(const CLI::Option *option, bool isPositional) const override
    {
        const std::string name = CLI::Formatter::make_option_name(option, isPositional);
        const auto usual = name.find("{text}"); // that of an option which may have a value
        return usual == std::string::npos ? name : name.substr(0, usual) + "[=json]";
    }

    std::string make_option_desc(const CLI::Option *option) const override
    {
        return wrapped(CLI::Formatter::make_option_desc(option), width - optionWidth);
    }
};

// Those that take a number. CLI11's own words for a wrong one are no sentence.
class NumberOptions {
public:
    explicit NumberOptions(CLI::App &app)
        : m_app(app)
    {
    }

    template <class T>
    void add(const NumberForm &form, T &number, const std::string &help)
    {
        const auto take = [this, &number, form](const std::string &text) {
            const auto read = readNumber(form, text);
            if (read)
                number = T(*read);
            else if (m_mistake.empty())
                m_mistake = read.error().detail;
        };
        m_app.add_option_function<std::string>(form.option, take, help)->type_name(form.type);
    }

    const std::string &mistake() const { return m_mistake; } // a sentence; empty: there is none

private:
    CLI::App &m_app;
    std::string m_mistake;
};

NumberForm port(const char *option)
{
    return {option, "PORT", "a port", 0, 65535};
}

void declare(CLI::App &app, NumberOptions &numbers, Words &words)
{
    app.set_version_flag("--version", "heliograph-cli " HELIOGRAPH_VERSION);
    app.footer(footer());
    app.formatter(std::make_shared<Formatter>());
    app.get_formatter()->column_width(optionWidth);
    app.add_option("--project", words.project,
                   "Serve what this project file says; without it and without --source, what the "
                   "studio saved last")
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
    numbers.add(port("--rtsp"), words.port, "RTSP port (8554); 0 lets the system choose");
    numbers.add(port("--rtsps"), words.tlsPort, "Serve RTSPS, too, on this port; 0 chooses one");
    numbers.add(
        port("--rtmp"), words.rtmpPort,
        "RTMP port, for players and for encoders such as OBS (1935, where it is free); 0 turns "
        "it off, and RTMPS with it");
    numbers.add(port("--rtmps"), words.rtmpsPort,
                "Serve RTMPS beside RTMP, too, on this port; 0 chooses one");
    app.add_option(
           "--certificate", words.certificate,
           "PEM file for RTSPS and RTMPS; without it, a self-signed certificate is made and kept")
        ->type_name("FILE");
    app.add_option("--certificate-key", words.certificateKey, "PEM file of the certificate's key")
        ->type_name("FILE");
    app.add_option("--bind", words.bind,
                   "Address to listen on; without it, this computer's own, or all where a stream "
                   "is for the "
                   "network (--user, a project); 0.0.0.0 for all")
        ->type_name("ADDRESS");
    app.add_option(
           "--while-lost", words.whileLost,
           "What viewers see while a source is lost: name (a picture with the mount's name, "
           "which is usual), last (the last picture), nothing, or a picture's file")
        ->type_name("WHAT");
    app.add_flag("--no-rest", words.noRest,
                 "Encode also while nobody watches; else that begins with the first viewer");
    numbers.add(
        {"--loops", "N", "a whole number", 1, 64}, words.loops,
        "Serve RTSP viewers on so many threads, by their address (1); all others stay on one");
    numbers.add({"--stats", "SECONDS", "a number of seconds", 0.1, day, NumberForm::Kind::Real},
                words.stats, "Print the state as a line of JSON this often");
    numbers.add({"--duration", "SECONDS", "a number of seconds", 0.1, year, NumberForm::Kind::Real},
                words.duration, "End by itself after this time");
    app.add_flag("--list-devices{text}", words.listDevices,
                 "Print the cameras, screens and windows with their modes, the microphones and "
                 "loudspeakers with their sample rates and channels, and end; "
                 "--list-devices=json for programs");
    app.add_flag("--list-encoders{text}", words.listEncoders,
                 "Print the H.264 encoders, and why one does not work on this computer, and end; "
                 "--list-encoders=json for programs");
    app.add_flag("--remote", words.remote,
                 "Take commands from standard input, a line each: pause MOUNT, play MOUNT, "
                 "seek MOUNT SECONDS");
    app.add_flag("--verbose", words.verbose, "Log what happens to standard error");
}

bool isListForm(const std::string &word)
{
    return word.empty() || word == "text" || word == "json";
}

std::string mistakeIn(const Words &words)
{
    if (!isListForm(words.listDevices))
        return "--list-devices takes text or json.";
    return isListForm(words.listEncoders) ? "" : "--list-encoders takes text or json.";
}

// What it says of how many values there are holds none of them.
Exit answer(const CLI::App &app, const CLI::ParseError &problem, int argc, char **argv)
{
    std::ostringstream out;
    if (app.exit(problem, out, out) == 0)
        return {0, out.str()};
    const bool counts = dynamic_cast<const CLI::ArgumentMismatch *>(&problem) != nullptr;
    return {usageError, counts ? out.str() : withoutValues(out.str(), argc, argv)};
}

} // namespace

std::variant<Words, Exit> readWords(int argc, char **argv)
{
    CLI::App app("Heliograph: serves cameras, video files and test pictures over RTSP and RTMP.",
                 "heliograph-cli");
    Words words;
    NumberOptions numbers(app);
    declare(app, numbers, words);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &problem) {
        return answer(app, problem, argc, argv);
    }
    const std::string mistake = numbers.mistake().empty() ? mistakeIn(words) : numbers.mistake();
    if (!mistake.empty())
        return Exit{usageError, mistake};
    return words;
}

} // namespace heliograph::cli
