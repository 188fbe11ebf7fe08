#include "net/loop.h"
#include "net/loose_socket.h"

#include <array>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace heliograph;

namespace {

// Both ends of a connection.
struct Pair {
    Pair() { ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()); }
    ~Pair() { ::close(ends[1]); }

    bool isClosed() const
    {
        char byte = 0;
        return ::recv(ends[1], &byte, 1, MSG_DONTWAIT) == 0;
    }

    std::array<int, 2> ends{};
};

} // namespace

TEST(LooseSocket, IsClosedWithATaskThatNeverRuns)
{
    const Pair pair;
    {
        net::Loop loop;
        loop.post(
            [socket = std::make_shared<net::LooseSocket>(pair.ends[0])] { socket->release(); });
        EXPECT_FALSE(pair.isClosed());
    }
    EXPECT_TRUE(pair.isClosed());
}

TEST(LooseSocket, IsItsNewOwnersOnceItHasArrived)
{
    const Pair pair;
    const int arrived = net::LooseSocket(pair.ends[0]).release();
    EXPECT_FALSE(pair.isClosed());
    ::close(arrived);
    EXPECT_TRUE(pair.isClosed());
}
