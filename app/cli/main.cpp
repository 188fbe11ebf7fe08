// The engine from the command line: the composition root of heliograph-cli.
#include "cli/options.h"
#include "cli/passwords.h"
#include "cli/serve.h"
#include "cli/signals.h"

#include <cstdlib>
#include <future>
#include <iostream>

namespace {

using namespace heliograph::cli;

// A keyring may take seconds to say nothing. Who asks to end does not wait for it.
std::optional<Exit> findPasswordsUntilSignal(Options &options)
{
    constexpr std::chrono::milliseconds poll(50);
    auto finding = std::async(std::launch::async, [&options] { return findPasswords(options); });
    while (finding.wait_for(poll) == std::future_status::timeout)
        if (napUntilSignal(std::chrono::nanoseconds(0)))
            std::_Exit(0);
    return finding.get();
}

} // namespace

int main(int argc, char **argv)
{
    auto read = readOptions(argc, argv);
    if (const auto *exit = std::get_if<Exit>(&read)) {
        (exit->code == 0 ? std::cout : std::cerr) << exit->message << std::endl;
        return exit->code;
    }
    auto &options = std::get<Options>(read);
    if (options.listDevices)
        return listDevices(*options.listDevices);
    if (options.listEncoders)
        return listEncoders(*options.listEncoders);
    blockSignals();
    if (const auto exit = findPasswordsUntilSignal(options)) {
        std::cerr << exit->message << std::endl;
        return exit->code;
    }
    return serve(options);
}
