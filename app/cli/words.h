// The words of the command line, before anything is made of them.
// Thread: main.
#pragma once

#include "cli/options.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace heliograph::cli {

struct Words {
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
    std::optional<double> stats; // s
    std::optional<double> duration; // s
    std::string listDevices; // the form; empty: not asked for
    std::string listEncoders; // likewise
    bool remote = false;
    bool verbose = false;

    bool asksForRtmp() const { return rtmpPort || rtmpsPort; }
};

// Exit: the answer to --help or --version, or what is wrong with the words.
std::variant<Words, Exit> readWords(int argc, char **argv);

} // namespace heliograph::cli
