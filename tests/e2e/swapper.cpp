// Serves one mount whose source is swapped again and again while viewers watch.
// Usage: swapper RTSP_PORT RTMP_PORT FILE SWAPS. The sources: a test pattern whose size goes back
// and forth between 720p and 1080p, and the file. Prints "ready", "swapped" when all is done, and
// goes on until its input ends.
#include <engine/await.h>
#include <engine/studio.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

using namespace heliograph;

namespace {

constexpr std::chrono::milliseconds betweenSwaps(700);

template <class T>
T orExit(Result<T> result)
{
    if (!result) {
        std::cerr << int(result.error().code) << " " << result.error().detail << std::endl;
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

class Swapper {
public:
    Swapper(std::int64_t rtsp, std::int64_t rtmp, const std::string &file)
        : m_studio(Studio::create(options()).value())
    {
        for (const auto &[type, port] : {std::pair("rtsp", rtsp), std::pair("rtmp", rtmp)})
            orExit(await([&](Reply<> reply) {
                m_studio->configureOutput({type, {{"port", port}}}, reply);
            }));
        m_pattern = add("pattern", patternOf(PictureSize{1280, 720}));
        m_file = add("file", {{"path", file}});
        orExit(await([&](Reply<> reply) {
            m_studio->publish(m_pattern, {"show", Audience::ThisComputer}, reply);
        }));
        waitUntilAllDeliver();
    }

    // In turn: the pattern's size, the file, the pattern.
    void swap(int number)
    {
        const bool isPattern = m_isPattern;
        if (isPattern && number % 4 < 2) {
            m_isLarge = !m_isLarge;
            const PictureSize size = m_isLarge ? PictureSize{1920, 1080} : PictureSize{1280, 720};
            orExit(await([&](Reply<> reply) {
                m_studio->changeSource(m_pattern, {"pattern", "pattern", patternOf(size)}, reply);
            }));
            return;
        }
        orExit(await([&](Reply<> reply) {
            m_studio->swapSource(isPattern ? m_pattern : m_file, isPattern ? m_file : m_pattern,
                                 reply);
        }));
        m_isPattern = !isPattern;
    }

    void waitUntilAllDeliver()
    {
        const auto delivers = [](const SourceSnapshot &source) {
            return source.health.state == HealthState::Ok;
        };
        while (m_studio->snapshot()->sources.size() < 2
               || !std::ranges::all_of(m_studio->snapshot()->sources, delivers))
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }

private:
    static StudioOptions options()
    {
        StudioOptions options;
        options.discoverDevices = false;
        return options;
    }

    static Settings patternOf(PictureSize size)
    {
        return {{"size", sizeToText(size)},
                {"fps", 25.0},
                {"preset", std::string("ultrafast")},
                {"tone", std::int64_t(440)}};
    }

    SourceId add(const std::string &type, const Settings &settings)
    {
        return orExit(await<SourceId>([&](Reply<SourceId> reply) {
            m_studio->addSource({type, type, settings}, reply);
        }));
    }

    const std::unique_ptr<Studio> m_studio;
    SourceId m_pattern{};
    SourceId m_file{};
    bool m_isPattern = true; // it is what is shown
    bool m_isLarge = false;
};

} // namespace

int main(int argc, char **argv)
{
    if (argc != 5)
        return 1;
    Swapper swapper(std::atoi(argv[1]), std::atoi(argv[2]), argv[3]);
    std::cout << "ready" << std::endl;
    std::cin.get(); // the viewers are there
    for (int i = 0; i < std::atoi(argv[4]); ++i) {
        swapper.swap(i);
        std::this_thread::sleep_for(betweenSwaps);
        swapper.waitUntilAllDeliver();
    }
    std::cout << "swapped" << std::endl;
    while (std::cin.get() != EOF) {
    }
    return 0;
}
