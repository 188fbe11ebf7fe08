// The command line, read.
// Thread: main.
#pragma once

#include "cli/list_form.h"

#include <engine/project.h>

#include <chrono>
#include <optional>
#include <string>
#include <variant>

namespace heliograph::cli {

struct Options {
    Project project; // of the file, with the sources of the command line behind
    Secret password; // from the environment: of --user, and of whoever has none that is kept
    std::optional<std::chrono::duration<double>> statsPeriod;
    std::optional<std::chrono::duration<double>> duration;
    int loops = 1;
    bool rtmpAsked = false; // else it may fail while RTSP serves
    std::optional<ListForm> listDevices;
    std::optional<ListForm> listEncoders;
    bool remote = false; // takes commands from standard input
    bool verbose = false;
};

struct Exit {
    int code = 0;
    std::string message; // for standard output when code is 0, else for standard error
};

std::variant<Options, Exit> readOptions(int argc, char **argv);

} // namespace heliograph::cli
