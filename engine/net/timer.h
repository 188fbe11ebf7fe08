// One timer on the loop.
// Thread: the loop. Owner: whoever waits; destroying it cancels it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace heliograph::net {

class Loop;

class Timer {
public:
    explicit Timer(Loop &loop);
    ~Timer();

    // Replaces what was started before.
    void once(std::chrono::milliseconds after, std::function<void()> task);
    // First after one period; late runs are not made up for.
    void every(std::chrono::milliseconds period, std::function<void()> task);
    void cancel();

private:
    struct Impl;
    Impl &restarted();

    Loop &m_loop;
    std::shared_ptr<Impl> m_impl; // null until it is first started: most never are
};

} // namespace heliograph::net
