#include "net/udp_send.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

namespace heliograph::net {

namespace {

constexpr std::size_t messagesPerCall = 64;

// The messages of one sendmmsg call, on the stack.
class MessageRow {
public:
    MessageRow(int socket, const UdpTarget &to)
        : m_socket(socket)
        , m_to(to)
    {
    }

    Sent add(ByteSpan bytes, std::uint16_t segmentSize)
    {
        if (m_count == messagesPerCall)
            if (const Sent sent = flush(); sent != Sent::All)
                return sent;
        // iovec is not const-correct; sendmmsg only reads.
        m_parts[m_count] = {const_cast<std::uint8_t *>(bytes.data()), bytes.size()};
        msghdr &header = m_messages[m_count].msg_hdr;
        header = {};
        // Not const-correct either.
        header.msg_name = const_cast<std::uint8_t *>(m_to.sockaddr.data());
        header.msg_namelen = m_to.length;
        header.msg_iov = &m_parts[m_count];
        header.msg_iovlen = 1;
        if (segmentSize != 0 && bytes.size() > segmentSize)
            askForCutting(header, m_controls[m_count], segmentSize);
        ++m_count;
        return Sent::All;
    }

    Sent flush()
    {
        std::size_t done = 0;
        while (done < m_count) {
            const int sent =
                ::sendmmsg(m_socket, &m_messages[done], unsigned(m_count - done), MSG_DONTWAIT);
            if (sent < 0 && errno == EINTR)
                continue;
            if (sent < 0)
                return explain(errno);
            done += std::size_t(sent);
        }
        m_count = 0;
        return Sent::All;
    }

private:
    struct alignas(cmsghdr) Control {
        std::array<char, CMSG_SPACE(sizeof(std::uint16_t))> bytes;
    };

    static void askForCutting(msghdr &header, Control &control, std::uint16_t segmentSize)
    {
        header.msg_control = control.bytes.data();
        header.msg_controllen = control.bytes.size();
        cmsghdr *message = CMSG_FIRSTHDR(&header);
        message->cmsg_level = IPPROTO_UDP;
        message->cmsg_type = UDP_SEGMENT;
        message->cmsg_len = CMSG_LEN(sizeof segmentSize);
        std::memcpy(CMSG_DATA(message), &segmentSize, sizeof segmentSize);
    }

    static Sent explain(int error)
    {
        const bool full = error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS;
        return full ? Sent::Blocked : Sent::Unreachable;
    }

    int m_socket;
    const UdpTarget &m_to;
    std::size_t m_count = 0;
    std::array<mmsghdr, messagesPerCall> m_messages;
    std::array<iovec, messagesPerCall> m_parts;
    std::array<Control, messagesPerCall> m_controls;
};

Sent addCut(MessageRow &row, ByteSpan run, std::size_t segmentSize)
{
    for (std::size_t offset = 0; offset < run.size(); offset += segmentSize) {
        const std::size_t length = std::min(segmentSize, run.size() - offset);
        if (const Sent sent = row.add(run.subspan(offset, length), 0); sent != Sent::All)
            return sent;
    }
    return Sent::All;
}

} // namespace

bool supportsGso(int socket)
{
    int off = 0;
    return ::setsockopt(socket, IPPROTO_UDP, UDP_SEGMENT, &off, sizeof off) == 0;
}

Sent sendRuns(int socket, ByteSpan block, std::span<const DatagramRun> runs, const UdpTarget &to,
              Cutting cutting)
{
    MessageRow row(socket, to);
    for (const DatagramRun &run : runs) {
        const ByteSpan bytes = block.subspan(run.offset, run.length);
        const Sent sent = cutting == Cutting::Kernel
            ? row.add(bytes, std::uint16_t(run.segmentSize))
            : addCut(row, bytes, run.segmentSize);
        if (sent != Sent::All)
            return sent;
    }
    return row.flush();
}

} // namespace heliograph::net
