#include "load.h"

#include "rtmp_viewer.h"

#include <algorithm>
#include <array>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace heliograph::bench {

namespace {

constexpr std::size_t hosts = 100; // that the viewers seem to be on

} // namespace

Load::Load(std::string url, Over over)
    : m_url(std::move(url))
    , m_over(over)
    , m_epoll(::epoll_create1(0))
{
}

Load::~Load()
{
    ::close(m_epoll);
}

std::unique_ptr<LoadViewer> Load::makeViewer(Over over, std::size_t index) const
{
    const auto host = unsigned(index % hosts);
    if (m_url.starts_with("rtmp:"))
        return std::make_unique<RtmpViewer>(m_url, host);
    return std::make_unique<RtspViewer>(m_url, over, host);
}

void Load::addWatching()
{
    m_watching.push_back(makeViewer(m_over, m_watching.size()));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = m_watching.back().get();
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_watching.back()->socket(), &event);
}

void Load::addStalled()
{
    m_stalled.push_back(makeViewer(Over::Tcp, m_stalled.size()));
}

void Load::readFor(Seconds time)
{
    const auto end = std::chrono::steady_clock::now() + time;
    std::array<epoll_event, 256> events;
    while (std::chrono::steady_clock::now() < end) {
        const int count = ::epoll_wait(m_epoll, events.data(), events.size(), 10);
        for (int i = 0; i < count; ++i) {
            auto *viewer = static_cast<LoadViewer *>(events[std::size_t(i)].data.ptr);
            if (!viewer->read())
                ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, viewer->socket(), nullptr);
        }
    }
}

void Load::startCounting()
{
    for (const auto &viewer : m_watching)
        viewer->startCounting();
}

std::size_t Load::stalledStillConnected() const
{
    return std::size_t(std::count_if(m_stalled.begin(), m_stalled.end(), [](const auto &viewer) {
        pollfd one{viewer->socket(), POLLRDHUP, 0};
        return ::poll(&one, 1, 0) == 0;
    }));
}

} // namespace heliograph::bench
