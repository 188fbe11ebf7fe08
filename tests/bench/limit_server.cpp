// The limit: what it costs the kernel alone. The same bytes as ours, to the same number of sockets,
// with the cheapest system calls, and nothing besides: no queue, no counters, no reports, no
// joining at a keyframe. One thread; no server that sends a picture to each of its viewers is
// cheaper. Usage: limit_server FILE FPS PORT rtsp|rtmp
#include "limit_door.h"
#include "limit_rtmp.h"
#include "limit_rtsp.h"
#include "looped_h264.h"
#include "media/nal_assembler.h"
#include "outputs/rtmp/tags.h"
#include "wire/rtmp/chunk_writer.h"
#include "wire/rtp/planner.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <string_view>
#include <sys/socket.h>

using namespace heliograph;

namespace {

volatile std::sig_atomic_t stopping = 0;

// One call for a picture and a viewer. Who does not keep up loses the thread: not measured here.
void sendStream(const std::vector<int> &viewers, const Bytes &block)
{
    for (const int socket : viewers)
        ::send(socket, block.data(), block.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
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

using Send = std::function<void(const bench::LimitDoor &door, const AccessUnitPtr &unit)>;

Send overRtsp()
{
    auto planner = std::make_shared<rtp::Planner>(rtp::PlannerConfig{});
    return [planner](const bench::LimitDoor &door, const AccessUnitPtr &unit) {
        const rtp::PacketPlan plan = planner->plan(unit);
        if (!door.streams().empty())
            sendStream(door.streams(), rtp::writeInterleaved(plan, 0)->block);
        if (!door.datagrams().empty()) {
            const BatchPtr picture = rtp::writeDatagrams(plan);
            Messages(*picture).send(door.datagrams());
        }
    };
}

Send overRtmp(std::chrono::nanoseconds interval)
{
    const auto delta =
        std::uint32_t(std::chrono::duration_cast<std::chrono::milliseconds>(interval).count());
    return [delta](const bench::LimitDoor &door, const AccessUnitPtr &unit) {
        if (door.streams().empty())
            return;
        const rtmp::Tag tag(*unit, 0);
        sendStream(door.streams(),
                   rtmp::writeDelta({.delta = delta}, tag.parts(), bench::LimitRtmp::chunkSize));
    };
}

bench::LimitDoor::Admit admitting(bool isRtmp)
{
    if (isRtmp)
        return [](int socket) { return std::make_unique<bench::LimitRtmp>(socket); };
    return [](int socket) { return std::make_unique<bench::LimitRtsp>(socket); };
}

void serve(const bench::LoopedH264 &file, bench::LimitDoor &door, const Send &send)
{
    H264Assembler assembler;
    auto next = std::chrono::steady_clock::now();
    for (std::size_t i = 0; !stopping; ++i) {
        H264Assembler::Picture picture;
        picture.annexB = Bytes(file.stamped(i));
        picture.pts = picture.dts = next.time_since_epoch();
        if (const auto unit = assembler.assemble(picture); unit && *unit)
            send(door, *unit);
        next += file.interval();
        door.serveUntil(next);
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 5)
        return 1;
    std::signal(SIGTERM, [](int) { stopping = 1; });
    try {
        const bench::LoopedH264 file(argv[1], std::atof(argv[2]));
        const bool isRtmp = std::string_view(argv[4]) == "rtmp";
        bench::LimitDoor door(std::atoi(argv[3]), admitting(isRtmp));
        serve(file, door, isRtmp ? overRtmp(file.interval()) : overRtsp());
    } catch (const std::exception &problem) {
        std::cerr << problem.what() << std::endl;
        return 1;
    }
    return 0;
}
