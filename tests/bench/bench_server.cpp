// Heliograph's engine serving an H.264 file as rtsp://127.0.0.1:PORT/bench, or over RTMP there,
// passed through. Usage: bench_server FILE FPS PORT rtsp|rtmp [LOOPS]
// With 0 for FPS, what is published with the stream key FILE instead.
#include "looped_h264.h"

#include <engine/await.h>
#include <engine/studio.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

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

void serve(Studio &studio, const char *protocol, int port)
{
    orExit(await([&](Reply<> reply) {
        // All viewers of the load come at once, from few addresses.
        studio.configureOutput({protocol,
                                {{"port", std::int64_t(port)},
                                 {"max_viewers", std::int64_t(2000)},
                                 {"max_viewers_per_address", std::int64_t(0)},
                                 {"max_strangers", std::int64_t(8000)}}},
                               reply);
    }));
}

void publish(Studio &studio, SourceId source)
{
    orExit(await([&](Reply<> reply) {
        studio.publish(source, {"bench", Audience::ThisComputer}, reply);
    }));
}

void play(Studio &studio, const bench::LoopedH264 &file)
{
    const auto feed = orExit(await<std::shared_ptr<Feed>>(
        [&](Reply<std::shared_ptr<Feed>> reply) { studio.openFeed("bench", reply); }));
    publish(studio, feed->source());
    file.run(
        [&](ByteSpan annexB, std::chrono::nanoseconds pts) {
            (void)feed->push({annexB, pts});
        },
        stopping);
}

void passOn(Studio &studio, const char *key)
{
    publish(studio, orExit(await<SourceId>([&](Reply<SourceId> reply) {
                studio.addSource({"bench", "rtmp", {{"key", Secret(key)}}}, reply);
            })));
    while (!stopping)
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 5 && argc != 6)
        return 1;
    std::signal(SIGTERM, [](int) { stopping = true; });
    StudioOptions options;
    options.discoverDevices = false;
    options.loops = argc == 6 ? std::atoi(argv[5]) : 1;
    const auto studio = Studio::create(options).value();
    serve(*studio, argv[4], std::atoi(argv[3]));
    if (const double fps = std::atof(argv[2]); fps > 0)
        play(*studio, bench::LoopedH264(argv[1], fps));
    else
        passOn(*studio, argv[1]);
    return 0;
}
