// Datagrams to many addresses that leave together, by as few system calls as the kernel allows.
// Thread: the loop. Owner: the server.
#pragma once

#include "net/udp_pair.h"

#include <memory>

namespace heliograph::net {

class MessageRow;

class UdpRow {
public:
    class Sender {
    public:
        // One of its datagrams did not leave, and neither does what it added behind that one.
        virtual void onUnsent(Sent why) = 0;

    protected:
        ~Sender() = default;
    };

    // While one lives, what is added gathers.
    class Hold {
    public:
        explicit Hold(UdpRow &row)
            : m_row(row)
        {
            m_row.m_held = true;
        }
        ~Hold()
        {
            m_row.flush();
            m_row.m_held = false;
        }
        Hold(const Hold &) = delete;
        Hold &operator=(const Hold &) = delete;

    private:
        UdpRow &m_row;
    };

    UdpRow();
    ~UdpRow();

    bool isHeld() const { return m_held; }

    // All of these must live until flush(). Senders of some datagrams may hear here already that
    // they did not leave.
    void add(UdpPair &from, ByteSpan block, std::span<const DatagramRun> runs, const UdpTarget &to,
             Sender &sender);
    void flush();

private:
    std::unique_ptr<MessageRow> m_messages;
    bool m_held = false;
};

} // namespace heliograph::net
