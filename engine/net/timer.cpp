#include "net/timer.h"

#include "net/loop.h"

#include <asio/steady_timer.hpp>

namespace heliograph::net {

struct Timer::Impl : std::enable_shared_from_this<Impl> {
    explicit Impl(asio::io_context &context)
        : timer(context)
    {
    }

    void arm(std::chrono::milliseconds after)
    {
        timer.expires_after(after);
        timer.async_wait([weak = weak_from_this(), round = round](asio::error_code error) {
            const auto self = weak.lock();
            if (!error && self && self->round == round)
                self->fire();
        });
    }

    void fire()
    {
        if (period.count() > 0)
            arm(period);
        const auto running = task; // the task may replace or cancel itself
        running();
    }

    asio::steady_timer timer;
    std::function<void()> task;
    std::chrono::milliseconds period{0};
    unsigned round = 0; // a cancelled wait may already be queued: only the newest counts
};

Timer::Timer(Loop &loop)
    : m_loop(loop)
{
}

Timer::~Timer()
{
    cancel();
}

void Timer::once(std::chrono::milliseconds after, std::function<void()> task)
{
    Impl &impl = restarted();
    impl.task = std::move(task);
    impl.arm(after);
}

void Timer::every(std::chrono::milliseconds period, std::function<void()> task)
{
    Impl &impl = restarted();
    impl.task = std::move(task);
    impl.period = period;
    impl.arm(period);
}

Timer::Impl &Timer::restarted()
{
    if (!m_impl)
        m_impl = std::make_shared<Impl>(m_loop.context());
    cancel();
    return *m_impl;
}

void Timer::cancel()
{
    if (!m_impl)
        return;
    ++m_impl->round;
    m_impl->period = std::chrono::milliseconds(0);
    m_impl->timer.cancel();
}

} // namespace heliograph::net
