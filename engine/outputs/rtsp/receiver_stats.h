// What a viewer tells us of its reception: RTCP receiver reports as loss, jitter and round trip
// (RFC 3550 section 6.4).
// Thread: the loop. Owner: one track of a session.
#pragma once

#include "wire/rtp/rtcp.h"

#include <optional>

namespace heliograph::rtsp {

class ReceiverStats {
public:
    void note(const rtcp::ReportBlock &block, int clockRate, WallTime received);

    std::optional<double> lossPercent() const { return m_lossPercent; }
    std::optional<double> jitterMs() const { return m_jitterMs; }
    std::optional<double> rttMs() const { return m_rttMs; }

private:
    std::optional<double> m_lossPercent;
    std::optional<double> m_jitterMs;
    std::optional<double> m_rttMs;
};

} // namespace heliograph::rtsp
