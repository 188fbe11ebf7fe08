// How soon a joiner sees something, and what that costs the encoder.
#include "stream/stream.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <iostream>
#include <thread>

using namespace heliograph;
using test::RtspPlayer;
using SteadyClock = std::chrono::steady_clock;

namespace {

std::uint64_t forced(const Snapshot &snapshot)
{
    return snapshot.streams.at(0).forcedKeyframes;
}

double joinMs(const std::string &url, std::vector<std::unique_ptr<RtspPlayer>> &players)
{
    auto player = std::make_unique<RtspPlayer>(url);
    player->request("DESCRIBE");
    player->setUp(RtspPlayer::Over::Tcp, 0);
    const auto start = SteadyClock::now();
    player->request("PLAY");
    const bool idr = player->nextPicture().keyframe;
    const std::chrono::duration<double, std::milli> took = SteadyClock::now() - start;
    EXPECT_TRUE(idr);
    players.push_back(std::move(player));
    return took.count();
}

} // namespace

// Twenty joins in five seconds into a stream whose own keyframes are ten seconds apart.
TEST(Join, StartsAtAFreshIdrThatJoinersShare)
{
    test::TestStudio studio;
    studio.addPattern("cam", {{"gop", 10.0}});
    const std::uint64_t before = forced(*studio.freshSnapshot());
    std::vector<std::unique_ptr<RtspPlayer>> players;
    std::vector<double> waits;
    const auto start = SteadyClock::now();
    for (int i = 0; i < 20; ++i) {
        std::this_thread::sleep_until(start + i * std::chrono::milliseconds(250));
        waits.push_back(joinMs(studio.url("cam"), players));
    }
    const auto holds = std::uint64_t((SteadyClock::now() - start) / Stream::keyframeHold);
    const auto snapshot = studio.waitFor([](const Snapshot &s) { return s.viewers.size() == 20; });
    EXPECT_LE(forced(*snapshot) - before, holds + 1);
    std::sort(waits.begin(), waits.end());
    // A figure for people: a wait is a wall-clock time, which no test may judge here.
    std::cout << "PLAY to first IDR: p50 " << waits[9] << " ms, p95 " << waits[18] << " ms, "
              << forced(*snapshot) - before << " forced IDRs" << std::endl;
    RecordProperty("p95_ms", std::to_string(waits[18]));
}

TEST(Join, AMountThatIsStartingHoldsDescribeUntilItCanAnswer)
{
    test::TestStudio studio;
    studio.addPattern("warm"); // GStreamer's first start may take longer than a server waits
    studio.add("pattern", "cam", {{"size", std::string("320x240")}});
    RtspPlayer player(studio.url("cam"));
    EXPECT_EQ(200, player.request("DESCRIBE").status);
}

TEST(Join, R11_AMountWithoutASourceIs503WithRetryAfter)
{
    test::TestStudio studio;
    studio.add("webcam", "cam", {{"device", std::string("v4l2:not-there")}});
    RtspPlayer player(studio.url("cam"));
    const auto response = player.request("DESCRIBE");
    EXPECT_EQ(503, response.status);
    EXPECT_TRUE(response.headers.find("Retry-After"));
}
