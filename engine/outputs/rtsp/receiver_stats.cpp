#include "outputs/rtsp/receiver_stats.h"

namespace heliograph::rtsp {

void ReceiverStats::note(const rtcp::ReportBlock &block, int clockRate, WallTime received)
{
    m_lossPercent = 100.0 * block.fractionLost / 256.0;
    m_jitterMs = 1000.0 * block.jitter / clockRate;
    if (const auto rtt = rtcp::roundTrip(block, received))
        m_rttMs = rtt->count();
}

} // namespace heliograph::rtsp
