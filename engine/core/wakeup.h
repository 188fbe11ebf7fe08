// A nap that can be cut short: a thread that waits before trying again, until it is time, told
// to go on, or told to stop.
// Thread: wait() and waitFor() on one thread; signal() from any. Owner: the waiting thread's
// object.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace heliograph {

class Wakeup {
public:
    void signal()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_signalled = true;
        }
        m_condition.notify_all();
    }

    // A signal that came before the wait cuts it short, too.
    void waitFor(std::chrono::milliseconds time, const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        m_condition.wait_for(lock, stop, time, [this] { return m_signalled; });
        m_signalled = false;
    }

    // Until a signal or a stop.
    void wait(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        m_condition.wait(lock, stop, [this] { return m_signalled; });
        m_signalled = false;
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_condition;
    bool m_signalled = false;
};

} // namespace heliograph
