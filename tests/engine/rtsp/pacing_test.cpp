// Big keyframes over UDP.
#include "support/h264_feed.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"

#include <array>
#include <cstring>
#include <gtest/gtest.h>
#include <sys/socket.h>

using namespace heliograph;
using test::RtspPlayer;

namespace {

constexpr std::size_t sliceBytes = 200 * 1000;

// When the kernel took the datagram in.
std::chrono::nanoseconds arrivalOf(int fd, std::array<std::uint8_t, 2048> &buffer,
                                   std::size_t &size)
{
    iovec part{buffer.data(), buffer.size()};
    alignas(cmsghdr) std::array<char, 256> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    size = std::size_t(std::max<ssize_t>(0, ::recvmsg(fd, &message, 0)));
    timespec stamp{};
    for (cmsghdr *item = CMSG_FIRSTHDR(&message); item; item = CMSG_NXTHDR(&message, item))
        if (item->cmsg_type == SO_TIMESTAMPNS)
            std::memcpy(&stamp, CMSG_DATA(item), sizeof stamp);
    return std::chrono::seconds(stamp.tv_sec) + std::chrono::nanoseconds(stamp.tv_nsec);
}

} // namespace

// 143 packets in one burst would overrun a player's socket: two runs of 32 leave at once, the other
// three with a beat of 2 ms each. Timers are late on a busy machine, never early.
TEST(Pacing, H14_ABigIdrLeavesInSeveralBurstsAndArrivesWhole)
{
    test::TestStudio studio;
    const auto feed = studio.openFeed("feed");
    const auto picture = [] { return test::idrPicture(sliceBytes); };
    const auto now = [] { return std::chrono::steady_clock::now().time_since_epoch(); };
    ASSERT_TRUE(feed->push({test::idrPicture(1000), now()}));
    studio.waitFor([](const Snapshot &s) { return !s.streams.empty() && s.streams[0].ready; });
    RtspPlayer player(studio.url("feed"));
    player.play(RtspPlayer::Over::Udp);
    player.nextPicture();
    const int fd = player.udpSocket(0);
    const int yes = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof yes);
    ASSERT_TRUE(feed->push({picture(), now()}));

    std::array<std::uint8_t, 2048> buffer{};
    std::size_t size = 0;
    std::size_t total = 0;
    std::chrono::nanoseconds first{0};
    std::chrono::nanoseconds last{0};
    for (bool marker = false; !marker; total += size) {
        last = arrivalOf(fd, buffer, size);
        first = first.count() == 0 ? last : first;
        ASSERT_GT(size, 12u);
        marker = (buffer[1] & 0x80) != 0;
    }
    EXPECT_GT(total, sliceBytes);
    EXPECT_GE(last - first, std::chrono::milliseconds(4));
}

TEST(Pacing, H14_ASmallPictureLeavesAtOnceAndInOrder)
{
    test::TestStudio studio;
    const auto feed = studio.openFeed("feed");
    const auto now = [] { return std::chrono::steady_clock::now().time_since_epoch(); };
    ASSERT_TRUE(feed->push({test::idrPicture(1000), now()}));
    studio.waitFor([](const Snapshot &s) { return !s.streams.empty() && s.streams[0].ready; });
    RtspPlayer player(studio.url("feed"));
    player.play(RtspPlayer::Over::Udp);
    player.nextPicture();
    for (const std::size_t bytes :
         {sliceBytes, std::size_t(500), std::size_t(70000), std::size_t(500)})
        ASSERT_TRUE(feed->push({test::idrPicture(bytes), now()}));
    for (const std::size_t bytes :
         {sliceBytes, std::size_t(500), std::size_t(70000), std::size_t(500)}) {
        const auto picture = player.nextPicture();
        ASSERT_EQ(3u, picture.nals.size());
        EXPECT_EQ(bytes, picture.nals[2].size()); // nothing overtakes, nothing is torn
    }
    EXPECT_EQ(0u, player.depacketizer().lostPackets());
}
