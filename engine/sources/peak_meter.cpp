#include "sources/peak_meter.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace heliograph {

namespace {

constexpr double silence = -90; // dBFS: what is shown for nothing at all

double toDecibel(float peak)
{
    return peak > 0 ? std::max(silence, 20 * std::log10(double(peak))) : silence;
}

} // namespace

void PeakMeter::note(const AudioFrame &frame)
{
    const std::span samples(reinterpret_cast<const float *>(frame.samples.data()),
                            frame.samples.size() / sizeof(float));
    float peak = 0;
    for (const float sample : samples)
        peak = std::max(peak, std::abs(sample));
    float known = m_peak;
    while (known < peak && !m_peak.compare_exchange_weak(known, peak))
        ;
    m_heard = true;
}

void PeakMeter::reset()
{
    m_heard = false;
    m_peak = 0;
}

std::optional<double> PeakMeter::takePeak()
{
    if (!m_heard)
        return std::nullopt;
    return toDecibel(m_peak.exchange(0));
}

} // namespace heliograph
