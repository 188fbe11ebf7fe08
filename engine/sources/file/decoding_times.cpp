#include "sources/file/decoding_times.h"

#include <algorithm>
#include <vector>

namespace heliograph {

namespace {

// More than the deepest reordering: past this no decoding time will come.
constexpr std::size_t mostWaiting = 20;

} // namespace

void DecodingTimes::push(Sample sample, std::optional<Timestamp> pts, std::optional<Timestamp> dts)
{
    if (!dts && (m_next || !pts))
        dts = m_next.value_or(Timestamp(0));
    sample.pts = pts.value_or(dts.value_or(Timestamp(0)));
    if (!dts) {
        m_waiting.push_back(std::move(sample));
        if (m_waiting.size() > mostWaiting)
            fillFromDisplay();
        return;
    }
    fillBackwards(*dts);
    sample.dts = *dts;
    m_next = *dts + sample.duration;
    m_ready.push_back(std::move(sample));
}

void DecodingTimes::end()
{
    fillFromDisplay();
}

std::optional<Sample> DecodingTimes::pop()
{
    if (m_ready.empty())
        return std::nullopt;
    Sample sample = std::move(m_ready.front());
    m_ready.pop_front();
    return sample;
}

// dts: that of the picture behind those that wait.
void DecodingTimes::fillBackwards(Timestamp dts)
{
    for (auto sample = m_waiting.rbegin(); sample != m_waiting.rend(); ++sample)
        sample->dts = dts -= sample->duration;
    std::move(m_waiting.begin(), m_waiting.end(), std::back_inserter(m_ready));
    m_waiting.clear();
}

// The times of showing in their order, early enough that no picture is shown before it is decoded.
void DecodingTimes::fillFromDisplay()
{
    if (m_waiting.empty())
        return;
    std::vector<Timestamp> shown;
    for (const Sample &sample : m_waiting)
        shown.push_back(sample.pts);
    std::sort(shown.begin(), shown.end());
    Timestamp early{0};
    for (std::size_t i = 0; i < shown.size(); ++i)
        early = std::max(early, shown[i] - m_waiting[i].pts);
    for (std::size_t i = 0; i < shown.size(); ++i)
        m_waiting[i].dts = shown[i] - early;
    m_next = m_waiting.back().dts + m_waiting.back().duration;
    std::move(m_waiting.begin(), m_waiting.end(), std::back_inserter(m_ready));
    m_waiting.clear();
}

} // namespace heliograph
