// Cuts a long wait short on a thread that goes on afterwards: a stop token for each turn of its
// work, stopped by cut() as well as by the token that ends the thread.
// Thread: begin() on the working thread; cut() from any. Owner: the working thread's object.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>

namespace heliograph {

class Interruption {
public:
    // For the turn that begins now. Look for what a cut would tell of after this, not before.
    std::stop_token begin(const std::stop_token &outer)
    {
        const std::lock_guard lock(m_mutex);
        m_turn = std::stop_source();
        m_outer.emplace(outer, [turn = m_turn]() mutable { turn.request_stop(); });
        return m_turn.get_token();
    }

    void cut()
    {
        const std::lock_guard lock(m_mutex);
        m_turn.request_stop();
    }

private:
    std::mutex m_mutex;
    std::stop_source m_turn;
    std::optional<std::stop_callback<std::function<void()>>> m_outer;
};

} // namespace heliograph
