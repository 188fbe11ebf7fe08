#include "studio/slate_maker.h"

namespace heliograph {

void SlateMaker::order(SlateOrder order, Made made)
{
    m_orders.with([&](Orders &orders) { orders.emplace_back(std::move(order), std::move(made)); });
    if (!m_thread.joinable())
        m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
    m_wakeup.signal();
}

void SlateMaker::run(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        for (const auto &[order, made] :
             m_orders.with([](Orders &orders) { return std::exchange(orders, {}); }))
            if (!stop.stop_requested())
                made(makeSlate(order));
        m_wakeup.wait(stop);
    }
}

} // namespace heliograph
