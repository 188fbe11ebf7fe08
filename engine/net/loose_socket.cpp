#include "net/loose_socket.h"

#include <unistd.h>
#include <utility>

namespace heliograph::net {

LooseSocket::~LooseSocket()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

int LooseSocket::release()
{
    return std::exchange(m_fd, -1);
}

} // namespace heliograph::net
