// The heartbeat of datagrams that must not leave all at once: a big keyframe, the cached GOP of a
// joiner. It beats only while something waits.
// Thread: the loop. Owner: the server.
#pragma once

#include "core/clock.h"
#include "net/timer.h"

#include <vector>

namespace heliograph::rtsp {

class Pacer {
public:
    static constexpr std::chrono::milliseconds beat{2};

    class Paced {
    public:
        virtual ~Paced() = default;
        virtual bool sendSome() = 0; // false: nothing waits any more
    };

    explicit Pacer(net::Loop &loop)
        : m_timer(loop)
    {
    }

    void add(Paced &paced); // once; until sendSome() says false, or remove()
    void remove(Paced &paced); // whether it was added or not

private:
    void tick();

    std::vector<Paced *> m_busy; // null: removed during a tick
    net::Timer m_timer;
};

} // namespace heliograph::rtsp
