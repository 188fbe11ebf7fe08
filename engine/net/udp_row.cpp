#include "net/udp_row.h"

#include "net/udp_send.h"

namespace heliograph::net {

UdpRow::UdpRow()
    : m_messages(std::make_unique<MessageRow>())
{
}

UdpRow::~UdpRow() = default;

void UdpRow::add(UdpPair &from, ByteSpan block, std::span<const DatagramRun> runs,
                 const UdpTarget &to, Sender &sender)
{
    m_messages->add({from.rtpSocket(), from.cutting()}, block, runs, to, sender);
}

void UdpRow::flush()
{
    m_messages->flush();
}

} // namespace heliograph::net
