// The engine loop: one thread that owns sockets, timers, sessions and streams, and never blocks.
// Thread: post() from any; start() and stop() from the owner, not from the loop.
// Owner: the studio.
#pragma once

#include <functional>
#include <memory>

namespace asio {
class io_context;
}

namespace heliograph::net {

class Loop {
public:
    Loop();
    ~Loop(); // stops

    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    void start();
    // Instead of start(): runs what is ready, on this thread. For tests that own time.
    void runReady();
    // Runs what was posted before, then ends and joins the thread. What is posted later is
    // destroyed without having run.
    void stop();

    void post(std::function<void()> task);

    asio::io_context &context(); // for this room's own .cpp files

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace heliograph::net
