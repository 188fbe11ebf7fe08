// Many datagrams in one system call: sendmmsg, and UDP generic segmentation offload where the
// kernel has it. The only place that knows these calls; one file a system implements it.
// Thread: the loop.
#pragma once

#include "net/udp_row.h"

#include <array>
#include <netinet/in.h>
#include <sys/socket.h>

namespace heliograph::net {

bool supportsGso(int socket);

// The messages of one sendmmsg call. Never blocks, never allocates.
class MessageRow {
public:
    struct Way {
        int socket;
        Cutting cutting;
    };

    // As UdpRow::add(). A full row leaves at once.
    void add(Way way, ByteSpan block, std::span<const DatagramRun> runs, const UdpTarget &to,
             UdpRow::Sender &sender);
    void flush();

private:
    // One call for 64 viewers of a usual picture. More in one is no cheaper: see
    // tests/bench/send_bench.cpp.
    static constexpr std::size_t size = 64;
    struct alignas(cmsghdr) Control {
        std::array<char, CMSG_SPACE(sizeof(std::uint16_t))> bytes;
    };

    void addRun(ByteSpan run, std::size_t segmentSize, const UdpTarget &to, UdpRow::Sender &sender);
    void addCut(ByteSpan run, std::size_t segmentSize, const UdpTarget &to, UdpRow::Sender &sender);
    msghdr &addMessage(ByteSpan bytes, const UdpTarget &to, UdpRow::Sender &sender);
    std::size_t sendCut(std::size_t index, std::size_t count);
    std::size_t refuse(std::size_t index, std::size_t count, int error);

    int m_socket = -1;
    std::size_t m_count = 0;
    UdpRow::Sender *m_refused = nullptr; // the last one whose datagram did not leave
    std::array<mmsghdr, size> m_messages;
    std::array<iovec, size> m_parts;
    std::array<Control, size> m_controls;
    std::array<UdpRow::Sender *, size> m_senders;
};

// All to one address, at once.
Sent sendRuns(MessageRow::Way way, ByteSpan block, std::span<const DatagramRun> runs,
              const UdpTarget &to);

} // namespace heliograph::net
