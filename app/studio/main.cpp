// The studio's composition root: reads the options, starts the engine, opens the window.
// Thread: Qt main. Ends in the reverse order: window, bridge, engine, application.
#include "accessibility/scroll_areas.h"
#include "bridge/reply_executor.h"
#include "bridge/studio_bridge.h"
#include "main_window/main_window.h"
#include "parse_error.h"
#include "style/theme.h"
#include "text/words.h"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QMessageBox>
#include <cstdlib>
#include <iostream>
#include <sstream>

namespace {

using namespace heliograph;

constexpr std::chrono::seconds endPatience(2);

struct CommandLine {
    std::filesystem::path project = defaultProjectPath();
    bool verbose = false;
};

void describe(CLI::App &parser, CommandLine &line)
{
    parser.add_option("--project", line.project, "The project file to read and write")
        ->type_name("FILE")
        ->capture_default_str();
    parser.add_flag("--verbose", line.verbose, "Say on standard error what the engine does");
    parser.set_version_flag("--version", "heliograph " HELIOGRAPH_VERSION);
}

void nameApplication()
{
    QApplication::setOrganizationName("heliograph"); // geometry: ~/.config/heliograph/studio.conf
    QApplication::setApplicationName("studio");
    QApplication::setApplicationDisplayName("Heliograph");
    QApplication::setApplicationVersion(HELIOGRAPH_VERSION);
    QApplication::setDesktopFileName("io.github.heliograph.Studio");
}

int show(Studio &studio, const CommandLine &line)
{
    ui::StudioBridge bridge(studio);
    ui::MainWindow window(bridge, line.project, openSecretStore);
    window.restore();
    window.show();
    return QApplication::exec();
}

int run(QApplication &application, const CommandLine &line)
{
    StudioOptions options;
    options.replyExecutor = ui::mainThreadExecutor(application);
    options.log = line.verbose ? LogLevel::Verbose : LogLevel::Normal;
    const auto studio = Studio::create(std::move(options));
    if (!studio) {
        QMessageBox::critical(nullptr, QApplication::applicationDisplayName(),
                              ui::explained(studio.error()));
        return 1;
    }
    const int code = show(**studio, line);
    if (!(*studio)->stopWithin(endPatience))
        std::_Exit(code); // a source's library hangs: nothing may be destroyed under its hands
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    CommandLine line;
    CLI::App parser("A desktop streaming studio that is its own server", "heliograph");
    describe(parser, line);
    nameApplication();
    QApplication application(argc, argv); // takes Qt's own options out
    try {
        parser.parse(argc, argv);
    } catch (const CLI::ParseError &problem) {
        std::ostringstream out;
        const int code = parser.exit(problem, out, out);
        (code == 0 ? std::cout : std::cerr)
            << (code == 0 ? out.str() : withoutValues(out.str(), argc, argv));
        return code;
    }
    ui::guardScrollAreas();
    ui::applyTheme(application);
    return run(application, line);
}
