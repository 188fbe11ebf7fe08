// Hundreds of RTSP viewers in one process: counts frames, gaps, bytes, time to first picture and
// latency, and the processor time of the server meanwhile. Prints one JSON object.
#include "load_viewer.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sys/epoll.h>
#include <unistd.h>

using namespace heliograph::bench;

namespace {

using Clock = std::chrono::steady_clock;

struct Usage {
    double cpuSeconds = 0;
    double residentKiB = 0;
};

// Field 14 and 15 of /proc/PID/stat, behind the name in brackets: ticks in user and kernel mode.
Usage usageOf(int pid)
{
    Usage usage;
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream fields(text.substr(std::min(text.rfind(')') + 2, text.size())));
    std::string skipped;
    for (int i = 3; i < 14; ++i)
        fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    usage.cpuSeconds = (user + system) / double(::sysconf(_SC_CLK_TCK));
    std::ifstream status("/proc/" + std::to_string(pid) + "/statm");
    double total = 0;
    status >> total >> usage.residentKiB;
    usage.residentKiB *= double(::sysconf(_SC_PAGESIZE)) / 1024;
    return usage;
}

double percentile(std::vector<double> values, double fraction)
{
    if (values.empty())
        return 0;
    const auto at = values.begin() + std::ptrdiff_t(fraction * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

class Load {
public:
    Load(std::string url, Over over)
        : m_url(std::move(url))
        , m_over(over)
        , m_epoll(::epoll_create1(0))
    {
    }
    ~Load() { ::close(m_epoll); }

    void add()
    {
        m_viewers.push_back(std::make_unique<LoadViewer>(m_url, m_over));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = m_viewers.back().get();
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_viewers.back()->socket(), &event);
    }

    void readFor(std::chrono::duration<double> time)
    {
        const auto end = Clock::now() + time;
        epoll_event events[256];
        while (Clock::now() < end) {
            const int count = ::epoll_wait(m_epoll, events, 256, 10);
            for (int i = 0; i < count; ++i)
                static_cast<LoadViewer *>(events[i].data.ptr)->readAll();
        }
    }

    void startCounting()
    {
        for (const auto &viewer : m_viewers)
            viewer->startCounting();
    }

    const std::vector<std::unique_ptr<LoadViewer>> &viewers() const { return m_viewers; }

private:
    std::string m_url;
    Over m_over;
    int m_epoll;
    std::vector<std::unique_ptr<LoadViewer>> m_viewers;
};

nlohmann::ordered_json report(const Load &load, double seconds, const Usage &before,
                              const Usage &idle, const Usage &after)
{
    ViewerCounts sum;
    std::vector<double> firsts;
    std::uint64_t fewest = UINT64_MAX;
    for (const auto &viewer : load.viewers()) {
        const ViewerCounts &one = viewer->counts();
        sum.frames += one.frames;
        sum.bytes += one.bytes;
        sum.lostPackets += one.lostPackets;
        sum.latencyMs.insert(sum.latencyMs.end(), one.latencyMs.begin(), one.latencyMs.end());
        fewest = std::min(fewest, one.frames);
        firsts.push_back(viewer->firstPictureMs().value_or(1e9));
    }
    const double count = double(load.viewers().size());
    const double cpu = after.cpuSeconds - before.cpuSeconds;
    return {{"viewers", count},
            {"seconds", seconds},
            {"framesPerViewer", double(sum.frames) / count},
            {"fewestFrames", fewest},
            {"lostPackets", sum.lostPackets},
            {"mbitPerViewer", 8e-6 * double(sum.bytes) / count / seconds},
            {"serverCpuSeconds", cpu},
            {"cpuMsPerViewerSecond", 1000 * cpu / (count * seconds)},
            {"residentKiBPerViewer", (after.residentKiB - idle.residentKiB) / count},
            {"firstPictureP50Ms", percentile(firsts, 0.5)},
            {"firstPictureP99Ms", percentile(firsts, 0.99)},
            {"latencyP50Ms", percentile(sum.latencyMs, 0.5)},
            {"latencyP99Ms", percentile(sum.latencyMs, 0.99)}};
}

} // namespace

int main(int argc, char **argv)
{
    CLI::App app("Simulated RTSP viewers");
    std::string url;
    int viewers = 1;
    bool udp = false;
    double seconds = 10;
    int server = 0;
    app.add_option("url", url)->required();
    app.add_option("--viewers", viewers)->check(CLI::Range(1, 2000));
    app.add_option("--seconds", seconds)->check(CLI::Range(0.1, 3600.0));
    app.add_option("--server-pid", server, "Measure this process")->required();
    app.add_flag("--udp", udp);
    CLI11_PARSE(app, argc, argv);
    try {
        Load load(url, udp ? Over::Udp : Over::Tcp);
        const Usage idle = usageOf(server);
        for (int i = 0; i < viewers; ++i) {
            load.add();
            load.readFor(std::chrono::milliseconds(5));
        }
        load.readFor(std::chrono::seconds(2)); // everybody has started
        load.startCounting();
        const Usage before = usageOf(server);
        const auto start = Clock::now();
        load.readFor(std::chrono::duration<double>(seconds));
        const std::chrono::duration<double> took = Clock::now() - start;
        std::cout << report(load, took.count(), before, idle, usageOf(server)).dump() << std::endl;
    } catch (const std::exception &problem) {
        std::cerr << problem.what() << std::endl;
        return 1;
    }
    return 0;
}
