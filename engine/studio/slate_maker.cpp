#include "studio/slate_maker.h"

namespace heliograph {

void SlateMaker::order(SlateOrder order, Made made)
{
    {
        const std::lock_guard lock(m_mutex);
        m_orders.emplace_back(std::move(order), std::move(made));
    }
    if (!m_thread.joinable())
        m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
    m_wakeup.signal();
}

void SlateMaker::run(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        for (const auto &[order, made] : take())
            if (!stop.stop_requested())
                made(makeSlate(order));
        m_wakeup.wait(stop);
    }
}

std::deque<std::pair<SlateOrder, SlateMaker::Made>> SlateMaker::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_orders, {});
}

} // namespace heliograph
