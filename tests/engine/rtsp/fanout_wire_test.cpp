// Fifty viewers and one that reads nothing.
#include "support/rtsp_player.h"
#include "support/test_studio.h"
#include "wire/rtp/rtp_packet.h"

#include <atomic>
#include <gtest/gtest.h>
#include <map>
#include <thread>

using namespace heliograph;
using test::RtspPlayer;

namespace {

using Packets = std::map<std::uint16_t, std::vector<std::uint8_t>>; // by sequence number

Packets collect(RtspPlayer &player, std::size_t count)
{
    Packets packets;
    while (packets.size() < count) {
        auto bytes = player.nextPacket(0);
        const std::uint16_t sequence = rtp::parsePacket(bytes).value().header.sequence;
        packets.emplace(sequence, std::move(bytes));
    }
    return packets;
}

// Sequence numbers without a hole (they may wrap in between).
bool isContiguous(const Packets &packets)
{
    std::size_t breaks = 0;
    for (const auto &[sequence, bytes] : packets)
        breaks += !packets.contains(std::uint16_t(sequence + 1));
    return breaks == 1;
}

std::size_t expectEqualWhereShared(const Packets &a, const Packets &b)
{
    std::size_t shared = 0;
    for (const auto &[sequence, bytes] : a)
        if (const auto other = b.find(sequence); other != b.end()) {
            ++shared;
            EXPECT_EQ(bytes, other->second);
        }
    return shared;
}

} // namespace

TEST(FanoutOnTheWire, R40_FiftyViewersGetIdenticalPacketsWhileOneReadsNothing)
{
    constexpr std::size_t packetsEach = 300;
    test::TestStudio studio;
    studio.addPattern("cam",
                      {{"bitrate", std::int64_t(2000)},
                       {"size", std::string("640x360")},
                       {"pattern", std::string("snow")}});
    RtspPlayer stuck(studio.url("cam"));
    stuck.play(RtspPlayer::Over::Tcp); // and never reads again

    std::vector<Packets> received(50);
    std::atomic<std::size_t> playing{0};
    {
        std::vector<std::jthread> viewers;
        for (std::size_t i = 0; i < received.size(); ++i)
            viewers.emplace_back([&, i] {
                RtspPlayer player(studio.url("cam"));
                player.play(i % 2 ? RtspPlayer::Over::Udp : RtspPlayer::Over::Tcp);
                ++playing;
                while (playing < received.size()) // the first ones would be through before the last
                    collect(player, 10);
                received[i] = collect(player, packetsEach);
            });
    }
    for (const Packets &packets : received) {
        EXPECT_TRUE(isContiguous(packets));
        EXPECT_GT(expectEqualWhereShared(received[0], packets), 20u);
    }
}

// 20 Mbit/s into a socket that nobody empties: its queue drops whole pictures and says so.
TEST(FanoutOnTheWire, H10_ASlowViewerLosesWholePicturesAndResumesAtAnIdr)
{
    test::TestStudio studio;
    studio.addPattern("cam",
                      {{"bitrate", std::int64_t(20000)},
                       {"size", std::string("1280x720")},
                       {"pattern", std::string("snow")},
                       {"gop", 0.5}});
    RtspPlayer slow(studio.url("cam"));
    slow.play(RtspPlayer::Over::Tcp);
    slow.nextPicture();
    const auto snapshot = studio.waitFor(
        [](const Snapshot &s) { return s.viewers.size() == 1 && s.viewers[0].framesDropped > 10; },
        std::chrono::seconds(20));
    EXPECT_NE("", snapshot->viewers[0].dropReason);
    // What it reads now is whole pictures; behind the hole comes an IDR.
    bool sawHole = false;
    for (int i = 0; i < 400 && !sawHole; ++i) {
        const std::uint64_t lostBefore = slow.depacketizer().lostPackets();
        const auto picture = slow.nextPicture();
        if (slow.depacketizer().lostPackets() == lostBefore)
            continue;
        sawHole = true;
        EXPECT_TRUE(picture.keyframe);
        EXPECT_EQ(7, picture.nals.at(0).at(0) & 0x1f);
    }
    EXPECT_TRUE(sawHole);
}
