// Where the limit's viewers come in, so that a load generator finds it: it answers them as their
// protocol asks, and knows where each viewer's pictures go. It reads nothing else, forgets nobody
// and keeps no time.
// Thread: the limit's one. Owner: the limit.
#pragma once

#include "core/bytes.h"

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace heliograph::bench {

// One who comes in: just enough of a protocol.
class LimitClient {
public:
    explicit LimitClient(int socket)
        : m_socket(socket)
    {
    }
    virtual ~LimitClient();
    LimitClient(const LimitClient &) = delete;
    LimitClient &operator=(const LimitClient &) = delete;

    // Answers it.
    virtual void take(ByteSpan bytes) = 0;

    int socket() const { return m_socket; }
    int udp() const { return m_udp; } // -1: over TCP
    bool plays() const { return m_plays; }

protected:
    void send(ByteSpan bytes) const;

    int m_udp = -1;
    bool m_plays = false;

private:
    int m_socket;
};

class LimitDoor {
public:
    using Admit = std::function<std::unique_ptr<LimitClient>(int socket)>;

    // Throws when the port is taken.
    LimitDoor(int port, Admit admit);
    ~LimitDoor();
    LimitDoor(const LimitDoor &) = delete;
    LimitDoor &operator=(const LimitDoor &) = delete;

    // Answers what comes in until then.
    void serveUntil(std::chrono::steady_clock::time_point end);

    // Sockets of those who play: a picture is written to each.
    const std::vector<int> &streams() const { return m_streams; } // TCP
    const std::vector<int> &datagrams() const
    {
        return m_datagrams;
    } // UDP, connected to the viewer

private:
    void accept();
    void read(LimitClient &client);
    void forget(const LimitClient &client);

    const Admit m_admit;
    int m_listener;
    int m_epoll;
    std::vector<std::unique_ptr<LimitClient>> m_clients;
    std::vector<int> m_streams;
    std::vector<int> m_datagrams;
};

} // namespace heliograph::bench
