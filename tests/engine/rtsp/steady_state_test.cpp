// The packet path in the steady state, on a server without a network: what a viewer more costs.
#include "engine/rtmp/bare_player.h"
#include "support/bare_server.h"

#include <atomic>
#include <cstdlib>
#include <gtest/gtest.h>
#include <new>

namespace {

std::atomic<std::uint64_t> allocations{0};

void *counted(std::size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void *memory = std::malloc(size == 0 ? 1 : size))
        return memory;
    throw std::bad_alloc();
}

} // namespace

void *operator new(std::size_t size)
{
    return counted(size);
}
void *operator new[](std::size_t size)
{
    return counted(size);
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete[](void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void *memory, std::size_t) noexcept
{
    std::free(memory);
}

using namespace heliograph;
using test::BareServer;
using test::requestText;

namespace {

constexpr const char *url = "rtsp://h/cam";
constexpr int frames = 1000;
constexpr int gop = 60;

std::string sessionOf(const BareServer::Peer &peer)
{
    const std::size_t at = peer->sent.rfind("Session: ") + 9;
    return peer->sent.substr(at, peer->sent.find_first_of(";\r", at) - at);
}

BareServer::Peer play(BareServer &bare, const std::string &transport, const std::string &local)
{
    auto peer = bare.connect("127.0.0.1", local);
    peer->open->receive(requestText("SETUP", std::string(url) + "/trackID=0", 1,
                                    "Transport: " + transport + "\r\n"));
    peer->open->receive(requestText("PLAY", url, 2, "Session: " + sessionOf(peer) + "\r\n"));
    EXPECT_NE(std::string::npos, peer->sent.find("RTP-Info")) << peer->sent;
    peer->keep = false;
    return peer;
}

// Allocations while a thousand pictures go to so many viewers, half of them over UDP.
std::uint64_t allocationsFor(int viewers)
{
    BareServer bare({{"max_viewers_per_address", std::int64_t(0)}});
    Stream &stream = bare.addStream("cam");
    std::vector<BareServer::Peer> peers;
    for (int i = 0; i < viewers; ++i)
        peers.push_back(play(bare,
                             i % 2 ? "RTP/AVP;unicast;client_port=9000-9001"
                                   : "RTP/AVP/TCP;unicast;interleaved=0-1",
                             "127.0.0.1"));
    const auto sendFrames = [&](int count) {
        for (int i = 0; i < count; ++i) {
            bare.clock.advance(std::chrono::milliseconds(33));
            bare.push(stream, i % gop == 0, i % gop == 0 ? 40000 : 9000);
        }
    };
    sendFrames(2 * gop); // vectors grow to what they need
    const std::uint64_t before = allocations;
    sendFrames(frames);
    return allocations - before;
}

std::uint64_t rtmpAllocationsFor(int viewers)
{
    test::BareRtmpServer bare(
        {{"max_viewers_per_address", std::int64_t(0)}, {"max_strangers", std::int64_t(1000)}});
    Stream &stream = bare.addStream("cam");
    std::vector<std::unique_ptr<test::BarePlayer>> players;
    for (int i = 0; i < viewers; ++i) {
        players.push_back(std::make_unique<test::BarePlayer>(bare));
        players.back()->play("cam");
        EXPECT_GT(players.back()->messages().size(), 5u);
        players.back()->peer()->keep = false;
    }
    const auto sendFrames = [&](int count) {
        for (int i = 0; i < count; ++i) {
            bare.clock.advance(std::chrono::milliseconds(33));
            bare.push(stream, i % gop == 0, i % gop == 0 ? 40000 : 9000);
        }
    };
    sendFrames(2 * gop);
    const std::uint64_t before = allocations;
    sendFrames(frames);
    return allocations - before;
}

} // namespace

TEST(SteadyState, RtmpAllocatesNothingPerViewerEither)
{
    const std::uint64_t two = rtmpAllocationsFor(2);
    EXPECT_GT(two, std::uint64_t(frames));
    EXPECT_EQ(two, rtmpAllocationsFor(102));
}

TEST(SteadyState, ThousandPicturesToAHundredViewersAllocateNothingPerViewer)
{
    const std::uint64_t two = allocationsFor(2);
    const std::uint64_t hundred = allocationsFor(102);
    EXPECT_GT(two, std::uint64_t(frames)); // the counter counts: a picture itself is made
    EXPECT_EQ(two, hundred);
}
