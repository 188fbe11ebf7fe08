// Two thousand joins and leaves over real sockets: clean, killed in the middle, and half-open.
#include "outputs/rtsp/connection.h"
#include "outputs/rtsp/session.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <malloc.h>

using namespace heliograph;
using test::RtspPlayer;

namespace {

constexpr int rounds = 2000;

std::size_t descriptors()
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto &entry : std::filesystem::directory_iterator("/proc/self/fd"))
        ++count;
    return count;
}

// Resident memory in bytes, after the allocator gave back what it can.
std::size_t resident()
{
    ::malloc_trim(0);
    std::ifstream file("/proc/self/statm");
    std::size_t pages = 0;
    file >> pages >> pages;
    return pages * 4096;
}

// One viewer that comes and goes in the way of this round.
void visit(const std::string &url, int round)
{
    RtspPlayer player(url);
    const auto over = round % 2 ? RtspPlayer::Over::Udp : RtspPlayer::Over::Tcp;
    switch (round % 5) {
    case 0: // clean
    case 1:
        player.play(over);
        player.nextPacket(0);
        player.request("TEARDOWN");
        break;
    case 2: // killed while packets flow
        player.play(over);
        player.nextPacket(0);
        break;
    case 3: // SETUP and never PLAY
        player.setUp(over, 0);
        break;
    default: // half a request
        player.sendRaw("DESCRIBE " + url + " RTSP/1.0\r\nCSeq:");
    }
}

} // namespace

TEST(Soak, R36_TwoThousandVisitsLeaveNothingBehind)
{
    test::TestStudio studio({{"session_timeout", std::int64_t(1)},
                             {"max_viewers", std::int64_t(5000)},
                             {"max_viewers_per_address", std::int64_t(0)},
                             {"max_strangers", std::int64_t(5000)}});
    studio.addPattern("cam");
    const std::string url = studio.url("cam");
    const auto settle = [&] {
        studio.waitFor([](const Snapshot &s) { return s.viewers.empty(); },
                       std::chrono::seconds(30));
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while ((rtsp::Session::living() > 0 || rtsp::Connection::living() > 0)
               && std::chrono::steady_clock::now() < end)
            studio.waitFor([](const Snapshot &) { return true; });
    };
    for (int i = 0; i < 200; ++i) // pools and caches fill
        visit(url, i);
    settle();
    const std::size_t memory = resident();
    const std::size_t files = descriptors();
    for (int i = 0; i < rounds; ++i)
        visit(url, i);
    settle();
    EXPECT_EQ(0, rtsp::Session::living());
    EXPECT_EQ(0, rtsp::Connection::living());
    EXPECT_EQ(files, descriptors());
    const double grown = (double(resident()) - double(memory)) / (1 << 20);
    std::cout << "2,000 visits: memory grew by " << grown << " MiB" << std::endl;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // whose own memory grows
    EXPECT_LT(grown, 2.0);
#endif
}
