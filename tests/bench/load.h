// All viewers of one load: those that watch, read as their sockets fill, and those that stall.
// Thread: the generator's one. Owner: the generator.
#pragma once

#include "load_viewer.h"
#include "rtsp_viewer.h"

#include <memory>
#include <string>

namespace heliograph::bench {

class Load {
public:
    using Seconds = std::chrono::duration<double>;

    // over: of rtsp URLs.
    Load(std::string url, Over over);
    ~Load();
    Load(const Load &) = delete;
    Load &operator=(const Load &) = delete;

    void addWatching();
    void addStalled(); // plays over TCP and never reads
    void readFor(Seconds time);
    void startCounting();

    const std::vector<std::unique_ptr<LoadViewer>> &watching() const { return m_watching; }
    std::size_t stalledStillConnected() const;

private:
    std::unique_ptr<LoadViewer> makeViewer(Over over, std::size_t index) const;

    const std::string m_url;
    const Over m_over;
    int m_epoll;
    std::vector<std::unique_ptr<LoadViewer>> m_watching;
    std::vector<std::unique_ptr<LoadViewer>> m_stalled;
};

} // namespace heliograph::bench
