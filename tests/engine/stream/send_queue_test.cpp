#include "stream/send_queue.h"

#include "units.h"

#include <gtest/gtest.h>

using namespace heliograph;
using test::batch;

namespace {

const int viewer = 1;
const int other = 2;

// A socket that takes so many bytes, then no more; what it got.
struct Socket {
    std::size_t room = SIZE_MAX;
    std::vector<std::uint8_t> got;
    Result<std::size_t> operator()(ByteSpan bytes)
    {
        const std::size_t taken = std::min(room, bytes.size());
        got.insert(got.end(), bytes.begin(), bytes.begin() + std::ptrdiff_t(taken));
        room -= taken;
        return taken;
    }
};

SendQueue queueOf(std::chrono::milliseconds duration, std::size_t bytes = 1 << 20)
{
    return SendQueue({duration, bytes});
}

} // namespace

TEST(SendQueue, KeepsTheOrderOverPartialSends)
{
    SendQueue queue;
    queue.push(batch(1, true), &viewer);
    EXPECT_TRUE(queue.pushControl(Bytes(std::vector<std::uint8_t>(3, 99))));
    queue.push(batch(2, false), &viewer);
    Socket socket{.room = 4, .got = {}};
    EXPECT_TRUE(queue.drain(socket));
    EXPECT_FALSE(queue.empty());
    socket.room = SIZE_MAX;
    EXPECT_TRUE(queue.drain(socket));
    EXPECT_TRUE(queue.empty());
    EXPECT_EQ(0u, queue.bytes());
    std::vector<std::uint8_t> expected(10, 1);
    expected.insert(expected.end(), 3, 99);
    expected.insert(expected.end(), 10, 2);
    EXPECT_EQ(expected, socket.got);
}

TEST(SendQueue, H10_PastItsDurationItDropsWholePicturesUpToTheNextKeyframe)
{
    SendQueue queue = queueOf(std::chrono::milliseconds(100));
    for (int ms = 0; ms <= 100; ms += 20)
        EXPECT_EQ(0u, queue.push(batch(ms, ms == 0), &viewer));
    EXPECT_EQ(7u, queue.push(batch(120, false), &viewer)); // six waited, and its own
    EXPECT_TRUE(queue.empty());
    EXPECT_EQ(1u, queue.push(batch(140, false), &viewer));
    EXPECT_EQ(0u, queue.push(batch(160, true), &viewer));
    EXPECT_EQ(0u, queue.push(batch(180, false), &viewer));
    Socket socket;
    queue.drain(socket);
    EXPECT_EQ(20u, socket.got.size());
    EXPECT_EQ(160, socket.got.front());
}

TEST(SendQueue, APictureThatHasBegunToLeaveIsFinished)
{
    SendQueue queue = queueOf(std::chrono::milliseconds(50));
    queue.push(batch(7, true), &viewer);
    Socket socket{.room = 3, .got = {}};
    queue.drain(socket);
    EXPECT_EQ(1u, queue.push(batch(90, false), &viewer)); // too late; the begun one stays
    socket.room = SIZE_MAX;
    queue.drain(socket);
    EXPECT_EQ(std::vector<std::uint8_t>(10, 7), socket.got);
}

TEST(SendQueue, SoundAndRepliesOutliveADrop)
{
    SendQueue queue = queueOf(std::chrono::milliseconds(50));
    queue.push(batch(1, true), &viewer);
    queue.push(batch(2, true, 5, TrackId::Audio), &viewer);
    EXPECT_TRUE(queue.pushControl(Bytes(std::vector<std::uint8_t>(2, 99))));
    EXPECT_EQ(2u, queue.push(batch(100, false), &viewer));
    Socket socket;
    queue.drain(socket);
    EXPECT_EQ((std::vector<std::uint8_t>{2, 2, 2, 2, 2, 99, 99}), socket.got);
}

TEST(SendQueue, IsBoundedInBytes)
{
    SendQueue queue = queueOf(std::chrono::hours(1), 100);
    EXPECT_EQ(0u, queue.push(batch(0, true, 60), &viewer));
    EXPECT_EQ(2u, queue.push(batch(1, false, 60), &viewer));
    EXPECT_EQ(0u, queue.bytes());
    for (int i = 0; i < 100; ++i)
        queue.push(batch(i, true, 60, TrackId::Audio), &viewer);
    EXPECT_LE(queue.bytes(), 160u);
}

TEST(SendQueue, APeerThatAsksAndNeverReadsIsRefusedInTheEnd)
{
    SendQueue queue = queueOf(std::chrono::hours(1), 1000);
    int accepted = 0;
    while (queue.pushControl(Bytes(std::vector<std::uint8_t>(100, 0))))
        ASSERT_LT(++accepted, 1000);
    EXPECT_LE(queue.bytes(), 2200u);
}

TEST(SendQueue, DiscardForgetsOneViewerOfTheConnection)
{
    SendQueue queue;
    queue.push(batch(1, true), &viewer);
    queue.push(batch(2, true), &other);
    queue.discard(&viewer);
    Socket socket;
    queue.drain(socket);
    EXPECT_EQ(std::vector<std::uint8_t>(10, 2), socket.got);
}

TEST(SendQueue, MeasuresItsDurationInMediaTime)
{
    SendQueue queue;
    EXPECT_EQ(Timestamp(0), queue.duration());
    queue.push(batch(100, true), &viewer);
    queue.push(batch(350, false), &viewer);
    EXPECT_EQ(std::chrono::milliseconds(250), queue.duration());
}

TEST(SendQueue, GrowsPastItsFirstCapacityInOrder)
{
    SendQueue queue;
    Socket socket;
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 30; ++i)
            queue.push(batch(i, true, 1), &viewer);
        socket.room = 20;
        queue.drain(socket);
    }
    socket.room = SIZE_MAX;
    queue.drain(socket);
    ASSERT_EQ(150u, socket.got.size());
    for (std::size_t i = 0; i < socket.got.size(); ++i)
        EXPECT_EQ(i % 30, socket.got[i]);
}

// A viewer that joins eight seconds into a GOP, through a socket that takes little at a time.
TEST(SendQueue, AJoinersBacklogIsKeptWholeAndTheBoundNarrowsAgain)
{
    std::vector<BatchPtr> backlog;
    for (int ms = 0; ms <= 8000; ms += 40)
        backlog.push_back(batch(ms, ms == 0, 100));
    SendQueue queue = queueOf(std::chrono::milliseconds(2000), 1000);
    queue.expectBacklog(backlog);
    for (const BatchPtr &one : backlog)
        EXPECT_EQ(0u, queue.push(one, &viewer));
    Socket socket{.room = 0, .got = {}};
    std::uint32_t dropped = 0;
    for (int ms = 8040; ms <= 12000; ms += 40) { // read at twice the rate of the stream
        dropped += queue.push(batch(ms, false, 100), &viewer);
        socket.room += 200;
        EXPECT_TRUE(queue.drain(socket));
    }
    EXPECT_EQ(0u, dropped);
    for (int ms = 12040; ms <= 16000; ms += 40) // and no more from here on
        dropped += queue.push(batch(ms, false, 100), &viewer);
    EXPECT_LT(0u, dropped);
    EXPECT_GE(std::chrono::seconds(2), queue.duration());
}
