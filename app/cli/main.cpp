// The engine from the command line: the composition root of heliograph-cli.
#include "cli/options.h"
#include "cli/passwords.h"
#include "cli/serve.h"

#include <iostream>

int main(int argc, char **argv)
{
    using namespace heliograph::cli;
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
    if (const auto exit = findPasswords(options)) {
        std::cerr << exit->message << std::endl;
        return exit->code;
    }
    return serve(options);
}
