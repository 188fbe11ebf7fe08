// The limit: what it costs the kernel alone. The same bytes as ours, to the same number of sockets,
// with the cheapest system calls, and nothing besides: no queue, no counters, no reports, no
// joining at a keyframe. One thread; no server that sends a picture to each of its viewers is
// cheaper. Usage: limit_server FILE FPS PORT
#include "limit_door.h"
#include "looped_h264.h"
#include "media/h264_assembler.h"
#include "wire/rtp/planner.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

using namespace heliograph;

namespace {

volatile std::sig_atomic_t stopping = 0;

// One call for a picture and a viewer. Who does not keep up loses the thread: not measured here.
void sendStream(const std::vector<int> &viewers, const Batch &picture)
{
    for (const int socket : viewers)
        ::send(socket, picture.block.data(), picture.block.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

// The messages of a picture, one for each run that the kernel can cut: built once for everybody,
// for the sockets are connected.
class Messages {
public:
    explicit Messages(const Batch &picture)
        : m_messages(picture.runs.size())
        , m_parts(picture.runs.size())
        , m_controls(picture.runs.size())
    {
        for (std::size_t i = 0; i < picture.runs.size(); ++i)
            set(i, picture.block.span(), picture.runs[i]);
    }

    void send(const std::vector<int> &viewers)
    {
        for (const int socket : viewers)
            ::sendmmsg(socket, m_messages.data(), unsigned(m_messages.size()), MSG_DONTWAIT);
    }

private:
    struct alignas(cmsghdr) Control {
        std::array<char, CMSG_SPACE(sizeof(std::uint16_t))> bytes;
    };

    void set(std::size_t i, ByteSpan block, const DatagramRun &run)
    {
        msghdr &header = m_messages[i].msg_hdr;
        m_parts[i] = {const_cast<std::uint8_t *>(block.data()) + run.offset, run.length};
        header.msg_iov = &m_parts[i];
        header.msg_iovlen = 1;
        if (run.length <= run.segmentSize)
            return;
        header.msg_control = m_controls[i].bytes.data();
        header.msg_controllen = m_controls[i].bytes.size();
        cmsghdr *message = CMSG_FIRSTHDR(&header);
        const auto size = std::uint16_t(run.segmentSize);
        message->cmsg_level = IPPROTO_UDP;
        message->cmsg_type = UDP_SEGMENT;
        message->cmsg_len = CMSG_LEN(sizeof size);
        std::memcpy(CMSG_DATA(message), &size, sizeof size);
    }

    std::vector<mmsghdr> m_messages;
    std::vector<iovec> m_parts;
    std::vector<Control> m_controls;
};

void sendPicture(const bench::LimitDoor &door, const rtp::PacketPlan &plan)
{
    if (!door.streams().empty())
        sendStream(door.streams(), *rtp::writeInterleaved(plan, 0));
    if (!door.datagrams().empty()) {
        const BatchPtr picture = rtp::writeDatagrams(plan);
        Messages(*picture).send(door.datagrams());
    }
}

void serve(const bench::LoopedH264 &file, bench::LimitDoor &door)
{
    H264Assembler assembler;
    rtp::Planner planner({});
    auto next = std::chrono::steady_clock::now();
    for (std::size_t i = 0; !stopping; ++i) {
        H264Assembler::Picture picture;
        picture.annexB = Bytes(file.stamped(i));
        picture.pts = picture.dts = next.time_since_epoch();
        if (const auto unit = assembler.assemble(picture); unit && *unit)
            sendPicture(door, planner.plan(*unit));
        next += file.interval();
        door.serveUntil(next);
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4)
        return 1;
    std::signal(SIGTERM, [](int) { stopping = 1; });
    try {
        const bench::LoopedH264 file(argv[1], std::atof(argv[2]));
        bench::LimitDoor door(std::atoi(argv[3]));
        serve(file, door);
    } catch (const std::exception &problem) {
        std::cerr << problem.what() << std::endl;
        return 1;
    }
    return 0;
}
