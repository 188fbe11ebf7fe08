#include "stream/fanout.h"

#include "units.h"

#include <functional>
#include <gtest/gtest.h>

using namespace heliograph;
using test::unit;

namespace {

class CountingPacketizer final : public Packetizer {
public:
    BatchPtr packetize(const AccessUnitPtr &from) override
    {
        ++calls;
        if (from->track == TrackId::Audio && !wantsAudio)
            return nullptr;
        auto made = std::make_shared<Batch>();
        made->track = from->track;
        made->dts = from->dts;
        made->keyframe = from->keyframe;
        made->block = from->units[0];
        return made;
    }
    int calls = 0;
    bool wantsAudio = true;
};

class Sink final : public BatchSink {
public:
    void begin(std::span<const BatchPtr> backlog) override
    {
        ++begins;
        for (const BatchPtr &one : backlog)
            deliver(one);
    }
    void deliver(const BatchPtr &one) override
    {
        got.push_back(one);
        if (onDeliver)
            onDeliver();
    }
    std::vector<int> times() const
    {
        std::vector<int> ms;
        for (const BatchPtr &one : got)
            ms.push_back(
                int(std::chrono::duration_cast<std::chrono::milliseconds>(one->dts).count()));
        return ms;
    }
    int begins = 0;
    std::vector<BatchPtr> got;
    std::function<void()> onDeliver;
};

class FanoutTest : public testing::Test {
protected:
    void push(const AccessUnitPtr &one)
    {
        cache.push(one);
        fanout.push(one);
    }
    GopCache cache;
    CountingPacketizer packetizer;
    Fanout fanout{packetizer, cache};
};

} // namespace

TEST_F(FanoutTest, MakesEachBatchOnceAndGivesTheSameToAll)
{
    Sink a;
    Sink b;
    fanout.joinAtKeyframe(a, true);
    fanout.joinAtKeyframe(b, true);
    push(unit(0, true));
    push(unit(33, false));
    EXPECT_EQ(2, packetizer.calls);
    ASSERT_EQ(2u, a.got.size());
    EXPECT_EQ(a.got, b.got); // the same objects
}

TEST_F(FanoutTest, H9_AJoinerWaitsForTheKeyframe)
{
    Sink sink;
    fanout.joinAtKeyframe(sink, true);
    push(unit(0, false));
    EXPECT_EQ(0, sink.begins);
    push(unit(33, true));
    push(unit(66, false));
    EXPECT_EQ((std::vector{33, 66}), sink.times());
    EXPECT_EQ(1, sink.begins);
}

TEST_F(FanoutTest, AJoinerAtTheCacheGetsTheGopSoFarThenTheRest)
{
    Sink first;
    fanout.joinAtKeyframe(first, true);
    push(unit(0, true));
    push(unit(33, false));
    Sink late;
    fanout.joinAtCache(late);
    push(unit(66, false));
    EXPECT_EQ((std::vector{0, 33, 66}), late.times());
    EXPECT_EQ(first.got, late.got); // already packetized
}

TEST_F(FanoutTest, AGroupThatBeginsInTheMiddlePacketizesTheCache)
{
    push(unit(0, true));
    push(unit(33, false));
    EXPECT_EQ(0, packetizer.calls); // nobody: nothing is made
    Sink sink;
    fanout.joinAtCache(sink);
    EXPECT_EQ((std::vector{0, 33}), sink.times());
}

TEST_F(FanoutTest, LeavingInTheMiddleOfADeliveryIsSafe)
{
    Sink a;
    Sink b;
    Sink c;
    for (Sink *sink : {&a, &b, &c})
        fanout.joinAtKeyframe(*sink, true);
    push(unit(0, true));
    b.onDeliver = [&] {
        fanout.leave(b);
        fanout.leave(a);
        fanout.leave(c); // not served yet
    };
    push(unit(33, false));
    push(unit(66, false));
    EXPECT_EQ(2u, a.got.size());
    EXPECT_EQ(2u, b.got.size());
    EXPECT_EQ(1u, c.got.size());
    EXPECT_TRUE(fanout.empty());
}

TEST_F(FanoutTest, LeavingInsideBeginIsSafe)
{
    push(unit(0, true));
    push(unit(33, false));
    Sink sink;
    sink.onDeliver = [&] { fanout.leave(sink); };
    fanout.joinAtCache(sink);
    EXPECT_EQ((std::vector{0, 33}), sink.times()); // the backlog outlives the leaving
    EXPECT_TRUE(fanout.empty());
}

TEST_F(FanoutTest, ASoundOnlyGroupStartsWithAnyUnit)
{
    Sink sink;
    fanout.joinAtKeyframe(sink, false);
    push(unit(10, true, 5, TrackId::Audio));
    EXPECT_EQ((std::vector{10}), sink.times());
}
