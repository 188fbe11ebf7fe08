// A connected socket that nobody serves yet, on its way from one loop to another: closed when it
// does not arrive.
// Thread: any, one at a time. Owner: the task that carries it.
#pragma once

namespace heliograph::net {

class LooseSocket {
public:
    explicit LooseSocket(int fd)
        : m_fd(fd)
    {
    }
    ~LooseSocket();

    LooseSocket(const LooseSocket &) = delete;
    LooseSocket &operator=(const LooseSocket &) = delete;

    // For whoever serves it from now on.
    int release();

private:
    int m_fd; // -1: released
};

} // namespace heliograph::net
