// Heliograph's engine serving an H.264 file as rtsp://127.0.0.1:PORT/bench, or over RTMP there,
// passed through. Usage: bench_server FILE FPS PORT rtsp|rtmp [LOOPS]
#include "looped_h264.h"

#include <engine/await.h>
#include <engine/studio.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

using namespace heliograph;

namespace {

std::atomic<bool> stopping{false};

template <class T>
T orExit(Result<T> result)
{
    if (!result) {
        std::cerr << result.error().detail << std::endl;
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 5 && argc != 6)
        return 1;
    std::signal(SIGTERM, [](int) { stopping = true; });
    const bench::LoopedH264 file(argv[1], std::atof(argv[2]));
    StudioOptions options;
    options.discoverDevices = false;
    options.loops = argc == 6 ? std::atoi(argv[5]) : 1;
    const auto studio = Studio::create(options).value();
    orExit(await([&](Reply<> reply) {
        // All viewers of the load come at once, from few addresses.
        studio->configureOutput({argv[4],
                                 {{"port", std::int64_t(std::atoi(argv[3]))},
                                  {"max_viewers", std::int64_t(2000)},
                                  {"max_viewers_per_address", std::int64_t(0)},
                                  {"max_strangers", std::int64_t(8000)}}},
                                reply);
    }));
    const auto feed = orExit(await<std::shared_ptr<Feed>>(
        [&](Reply<std::shared_ptr<Feed>> reply) { studio->openFeed("bench", reply); }));
    orExit(await([&](Reply<> reply) {
        studio->publish(feed->source(), {"bench", Audience::ThisComputer}, reply);
    }));
    file.run(
        [&](ByteSpan annexB, std::chrono::nanoseconds pts) {
            (void)feed->push({annexB, pts});
        },
        stopping);
    return 0;
}
