#include "net/udp_send.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <netinet/udp.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

namespace heliograph::net {

namespace {

Sent explain(int error)
{
    const bool full = error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS;
    return full ? Sent::Blocked : Sent::Unreachable;
}

// For who sends to one address and wants to know at once.
struct Listener final : UdpRow::Sender {
    void onUnsent(Sent why) override { outcome = why; }
    Sent outcome = Sent::All;
};

} // namespace

bool supportsGso(int socket)
{
    int off = 0;
    return ::setsockopt(socket, IPPROTO_UDP, UDP_SEGMENT, &off, sizeof off) == 0;
}

void MessageRow::add(Way way, ByteSpan block, std::span<const DatagramRun> runs,
                     const UdpTarget &to, UdpRow::Sender &sender)
{
    if (way.socket != m_socket)
        flush();
    m_socket = way.socket;
    m_refused = nullptr;
    for (const DatagramRun &run : runs) {
        const ByteSpan bytes = block.subspan(run.offset, run.length);
        if (way.cutting == Cutting::Kernel)
            addRun(bytes, run.segmentSize, to, sender);
        else
            addCut(bytes, run.segmentSize, to, sender);
        if (m_refused == &sender)
            return;
    }
}

// One message that the kernel cuts.
void MessageRow::addRun(ByteSpan run, std::size_t segmentSize, const UdpTarget &to,
                        UdpRow::Sender &sender)
{
    if (m_count == size)
        flush();
    if (m_refused == &sender)
        return;
    Control &control = m_controls[m_count];
    msghdr &header = addMessage(run, to, sender);
    if (run.size() <= segmentSize)
        return;
    header.msg_control = control.bytes.data();
    header.msg_controllen = control.bytes.size();
    cmsghdr *message = CMSG_FIRSTHDR(&header);
    message->cmsg_level = IPPROTO_UDP;
    message->cmsg_type = UDP_SEGMENT;
    const auto segment = std::uint16_t(segmentSize);
    message->cmsg_len = CMSG_LEN(sizeof segment);
    std::memcpy(CMSG_DATA(message), &segment, sizeof segment);
}

void MessageRow::addCut(ByteSpan run, std::size_t segmentSize, const UdpTarget &to,
                        UdpRow::Sender &sender)
{
    for (std::size_t offset = 0; offset < run.size(); offset += segmentSize) {
        const std::size_t length = std::min(segmentSize, run.size() - offset);
        addRun(run.subspan(offset, length), segmentSize, to, sender);
    }
}

msghdr &MessageRow::addMessage(ByteSpan bytes, const UdpTarget &to, UdpRow::Sender &sender)
{
    // Neither of the two is const-correct; sendmmsg only reads.
    m_parts[m_count] = {const_cast<std::uint8_t *>(bytes.data()), bytes.size()};
    msghdr &header = m_messages[m_count].msg_hdr;
    header = {};
    header.msg_name = const_cast<std::uint8_t *>(to.sockaddr.data());
    header.msg_namelen = to.length;
    header.msg_iov = &m_parts[m_count];
    header.msg_iovlen = 1;
    m_senders[m_count] = &sender;
    ++m_count;
    return header;
}

void MessageRow::flush()
{
    const std::size_t count = std::exchange(m_count, 0);
    std::size_t done = 0;
    while (done < count) {
        const int sent =
            ::sendmmsg(m_socket, &m_messages[done], unsigned(count - done), MSG_DONTWAIT);
        if (sent >= 0)
            done += std::size_t(sent);
        else if (errno == EMSGSIZE && m_messages[done].msg_hdr.msg_controllen != 0)
            done = sendCut(done, count);
        else if (errno != EINTR)
            done = refuse(done, count, errno);
        // Less than all: the next one's error comes with the next call.
    }
}

// The kernel cuts no segments that are longer than the way's MTU allows (a VPN, a tunnel). Single
// datagrams it sends in fragments.
std::size_t MessageRow::sendCut(std::size_t index, std::size_t count)
{
    const msghdr &header = m_messages[index].msg_hdr;
    const auto *const message = reinterpret_cast<const cmsghdr *>(m_controls[index].bytes.data());
    std::uint16_t segment = 0;
    std::memcpy(&segment, CMSG_DATA(message), sizeof segment);
    const auto *const bytes = static_cast<const std::uint8_t *>(header.msg_iov->iov_base);
    const std::size_t total = header.msg_iov->iov_len;
    for (std::size_t offset = 0; offset < total; offset += segment) {
        const std::size_t length = std::min<std::size_t>(segment, total - offset);
        if (::sendto(m_socket, bytes + offset, length, MSG_DONTWAIT,
                     static_cast<const sockaddr *>(header.msg_name), header.msg_namelen)
            < 0)
            return refuse(index, count, errno);
    }
    return index + 1;
}

// Tells whose message did not leave, and skips what belongs to it. The others have their turn.
std::size_t MessageRow::refuse(std::size_t index, std::size_t count, int error)
{
    m_refused = m_senders[index];
    while (index < count && m_senders[index] == m_refused)
        ++index;
    m_refused->onUnsent(explain(error));
    return index;
}

Sent sendRuns(MessageRow::Way way, ByteSpan block, std::span<const DatagramRun> runs,
              const UdpTarget &to)
{
    MessageRow row;
    Listener listener;
    row.add(way, block, runs, to, listener);
    row.flush();
    return listener.outcome;
}

} // namespace heliograph::net
