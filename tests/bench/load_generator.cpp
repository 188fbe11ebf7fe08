// Hundreds of RTSP or RTMP viewers in one process: counts pictures, gaps, bytes, time to first
// picture and latency, and the processor time of the server meanwhile. Prints one JSON object. With
// no viewer at all it measures what the server costs that nobody watches.
#include "load_report.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace heliograph::bench;

namespace {

// Servers end a session after a minute without a keep-alive, and nobody here sends one.
constexpr double longestSeconds = 40;

constexpr auto betweenJoins = std::chrono::milliseconds(5);

struct Options {
    std::string url;
    int viewers = 1;
    int stalled = 0;
    bool udp = false;
    double warmup = 2;
    double seconds = 10;
    int server = 0;
};

void join(Load &load, const Options &options)
{
    for (int i = 0; i < options.viewers; ++i) {
        load.addWatching();
        load.readFor(betweenJoins);
    }
    for (int i = 0; i < options.stalled; ++i) {
        load.addStalled();
        load.readFor(betweenJoins);
    }
    load.readFor(Load::Seconds(options.warmup));
    load.startCounting();
}

Measured measure(Load &load, const Options &options)
{
    Measured measured;
    measured.idle = usageOf(options.server);
    join(load, options);
    measured.before = usageOf(options.server);
    const double ownBefore = usageOf(::getpid()).cpuSeconds;
    const auto start = std::chrono::steady_clock::now();
    load.readFor(Load::Seconds(options.seconds));
    measured.seconds = Load::Seconds(std::chrono::steady_clock::now() - start).count();
    measured.after = usageOf(options.server);
    measured.generatorCpuSeconds = usageOf(::getpid()).cpuSeconds - ownBefore;
    return measured;
}

} // namespace

int main(int argc, char **argv)
{
    CLI::App app("Simulated viewers, over RTSP or RTMP");
    Options options;
    app.add_option("url", options.url)->required();
    app.add_option("--viewers", options.viewers)->check(CLI::Range(0, 2000));
    app.add_option("--stalled", options.stalled, "So many more play over TCP and never read")
        ->check(CLI::Range(0, 2000));
    app.add_option("--warmup", options.warmup, "Seconds between the last to join and counting")
        ->check(CLI::Range(0.0, 10.0));
    app.add_option("--seconds", options.seconds)->check(CLI::Range(0.1, longestSeconds));
    app.add_option("--server-pid", options.server, "Measure this process")->required();
    app.add_flag("--udp", options.udp);
    CLI11_PARSE(app, argc, argv);
    try {
        Load load(options.url, options.udp ? Over::Udp : Over::Tcp);
        const Measured measured = measure(load, options);
        std::cout << report(load, measured).dump() << std::endl;
    } catch (const std::exception &problem) {
        std::cerr << problem.what() << std::endl;
        return 1;
    }
    return 0;
}
