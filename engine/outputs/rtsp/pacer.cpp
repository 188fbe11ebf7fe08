#include "outputs/rtsp/pacer.h"

#include <algorithm>

namespace heliograph::rtsp {

void Pacer::add(Paced &paced)
{
    if (m_busy.empty())
        m_timer.every(beat, [this] { tick(); });
    m_busy.push_back(&paced);
}

void Pacer::remove(Paced &paced)
{
    std::replace(m_busy.begin(), m_busy.end(), &paced, static_cast<Paced *>(nullptr));
}

void Pacer::tick()
{
    for (std::size_t i = 0; i < m_busy.size(); ++i)
        if (m_busy[i] && !m_busy[i]->sendSome())
            m_busy[i] = nullptr;
    std::erase(m_busy, nullptr);
    if (m_busy.empty())
        m_timer.cancel();
}

} // namespace heliograph::rtsp
