// A viewer over UDP joins a file in the middle of a long GOP: megabytes that are in the cache
// already must fit through the socket that its system gives it.
#include "engine/media/ffmpeg.h"
#include "support/folder.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"

#include <array>
#include <cstring>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <poll.h>
#include <sys/socket.h>

using namespace heliograph;
using test::RtspPlayer;

namespace {

constexpr std::uint64_t gop = 300; // frames: ten seconds, the whole clip
constexpr int packetsRead = 4000; // the cache, and what comes while it is caught up with
constexpr int attempts = 4;
// A reader that the machine lets wait for longer loses packets by that, however they are sent.
constexpr std::chrono::milliseconds fairDelay(8);

// 8 Mbit/s of noise. buffer: of the encoder, which bounds the keyframe.
bool makeClip(const std::filesystem::path &file, const std::string &buffer)
{
    const std::string command =
        "ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=640x360:rate=30,noise=alls=30:allf=t "
        "-t 10 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -bf 0 -g 300 -keyint_min 300 "
        "-sc_threshold 0 -b:v 8M -maxrate 8M -bufsize "
        + buffer + " '" + file.string() + "'";
    return std::system(command.c_str()) == 0;
}

// What a system gives a player that does not ask for more.
void useDefaultBuffer(int socket)
{
    int bytes = 0;
    std::ifstream("/proc/sys/net/core/rmem_default") >> bytes;
    bytes /= 2; // Linux doubles it
    ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof yes);
}

struct Reception {
    int packets = 0;
    int lost = 0;
    std::chrono::nanoseconds delay{0}; // the longest that a packet lay in the socket
};

class Reader {
public:
    explicit Reader(int socket)
        : m_socket(socket)
    {
    }

    Reception read(int packets)
    {
        pollfd entry{m_socket, POLLIN, 0};
        while (m_reception.packets<packets && ::poll(&entry, 1, 5000)> 0)
            readPacket();
        return m_reception;
    }

private:
    void readPacket()
    {
        std::array<std::uint8_t, 2048> packet{};
        iovec part{packet.data(), packet.size()};
        alignas(cmsghdr) std::array<char, 256> control{};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        if (::recvmsg(m_socket, &message, MSG_DONTWAIT) < 12)
            return;
        noteDelay(message);
        const auto number = std::uint16_t(packet[2] << 8 | packet[3]);
        m_reception.lost += std::uint16_t(number - m_expected.value_or(number));
        m_expected = std::uint16_t(number + 1);
        ++m_reception.packets;
    }

    void noteDelay(msghdr &message)
    {
        timespec stamp{};
        for (cmsghdr *item = CMSG_FIRSTHDR(&message); item; item = CMSG_NXTHDR(&message, item))
            if (item->cmsg_type == SO_TIMESTAMPNS)
                std::memcpy(&stamp, CMSG_DATA(item), sizeof stamp);
        timespec now{};
        ::clock_gettime(CLOCK_REALTIME, &now);
        m_reception.delay = std::max(m_reception.delay,
                                     std::chrono::seconds(now.tv_sec - stamp.tv_sec)
                                         + std::chrono::nanoseconds(now.tv_nsec - stamp.tv_nsec));
    }

    const int m_socket;
    Reception m_reception;
    std::optional<std::uint16_t> m_expected;
};

// Joins when five seconds at least are in the cache. (A stream that is published a moment after its
// source has begun has no keyframe before the second round.)
Reception join(test::TestStudio &studio)
{
    studio.waitFor(
        [](const Snapshot &s) {
            return !s.streams.empty() && s.streams[0].keyframes > 0
                && s.sources.at(0).frames % gop >= gop / 2;
        },
        std::chrono::seconds(30));
    RtspPlayer player(studio.url("clip"));
    player.request("DESCRIBE");
    player.setUp(RtspPlayer::Over::Udp, 0);
    useDefaultBuffer(player.udpSocket(0));
    player.request("PLAY");
    return Reader(player.udpSocket(0)).read(packetsRead);
}

} // namespace

class CachedGop : public testing::TestWithParam<const char *> { };

// Keyframes of 60 KB and of 30 KB: one that is paced by itself, and one that is not.
INSTANTIATE_TEST_SUITE_P(OfBuffer, CachedGop, testing::Values("600k", "250k"));

TEST_P(CachedGop, H14_ReachesAViewerWithADefaultSocketWithoutLoss)
{
    if (!test::haveFfmpeg())
        GTEST_SKIP() << "no ffmpeg program";
    const test::Folder folder;
    ASSERT_TRUE(makeClip(folder / "clip.mp4", GetParam()));
    test::TestStudio studio;
    studio.add("file", "clip", {{"path", (folder / "clip.mp4").string()}});
    Reception reception;
    for (int i = 0; i < attempts; ++i) {
        reception = join(studio);
        std::cout << reception.packets << " packets, " << reception.lost << " lost, read after "
                  << reception.delay.count() / 1000 << " us at most" << std::endl;
        if (reception.lost == 0 || reception.delay < fairDelay)
            break;
    }
    if (reception.lost > 0 && reception.delay >= fairDelay)
        GTEST_SKIP() << "this computer is too busy to read in time";
    EXPECT_EQ(packetsRead, reception.packets);
    EXPECT_EQ(0, reception.lost);
}
