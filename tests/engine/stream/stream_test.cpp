#include "stream/stream.h"

#include "units.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;
using test::unit;

namespace {

class StreamTest : public testing::Test {
protected:
    StreamConfig config(JoinAt joinAt = JoinAt::FreshKeyframe)
    {
        return {"cam", joinAt, {TrackId::Video}, [this] { ++m_asked; }};
    }
    test::ManualClock m_clock;
    int m_asked = 0;
};

} // namespace

TEST_F(StreamTest, JoinersShortlyAfterAKeyframeShareIt)
{
    Stream stream(config(), m_clock);
    stream.push(unit(0, true));
    m_clock.advance(milliseconds(500));
    EXPECT_TRUE(stream.canStartFromCache());
    EXPECT_EQ(0, m_asked);
    m_clock.advance(milliseconds(1));
    EXPECT_FALSE(stream.canStartFromCache());
    EXPECT_EQ(1, m_asked);
}

// Pictures that pass and those that are encoded here may take turns in one source.
TEST_F(StreamTest, WhatIsMixedIsJoinedAsItsPicturesCome)
{
    Stream stream(config(JoinAt::AsTheyCome), m_clock);
    const auto encoded = std::make_shared<AccessUnit>(*unit(0, true));
    encoded->config = std::make_shared<const Track>(Track{TrackId::Video, 2, H264Config{}, true});
    stream.push(encoded);
    m_clock.advance(milliseconds(1000));
    EXPECT_FALSE(stream.canStartFromCache());
    EXPECT_EQ(1, m_asked);
    stream.push(unit(1000, true));
    m_clock.advance(milliseconds(1000));
    EXPECT_TRUE(stream.canStartFromCache());
    EXPECT_EQ(1, m_asked);
}

// A camera's pictures are some ms old when they come, a still's are not.
TEST_F(StreamTest, WhatIsSplicedInGoesOnBehindWhatWas)
{
    struct Times : StreamListener {
        void onUnit(const AccessUnitPtr &unit) override
        {
            dts.push_back(unit->dts);
            offsets.push_back(unit->pts - unit->dts);
        }
        std::vector<Timestamp> dts;
        std::vector<Timestamp> offsets;
    } times;
    Stream stream(config(), m_clock);
    stream.subscribe(times);
    stream.push(unit(1000, true));
    stream.splice();
    auto behind = std::make_shared<AccessUnit>(*unit(900, true));
    behind->pts += milliseconds(5);
    stream.push(behind);
    stream.push(unit(940, false));
    stream.splice();
    stream.push(unit(2000, true));
    stream.push(unit(2040, false));
    using Row = std::vector<Timestamp>;
    EXPECT_EQ((Row{milliseconds(1000), milliseconds(1010), milliseconds(1050), milliseconds(2000),
                   milliseconds(2040)}),
              times.dts);
    EXPECT_EQ(
        (Row{milliseconds(0), milliseconds(5), milliseconds(0), milliseconds(0), milliseconds(0)}),
        times.offsets);
}

TEST_F(StreamTest, AsksForAtMostOneKeyframeInHalfASecond)
{
    Stream stream(config(), m_clock);
    stream.push(unit(0, true));
    m_clock.advance(milliseconds(2000));
    for (int i = 0; i < 100; ++i)
        stream.canStartFromCache();
    EXPECT_EQ(1, m_asked);
    stream.push(unit(2000, true));
    m_clock.advance(milliseconds(400));
    EXPECT_TRUE(stream.canStartFromCache());
    EXPECT_EQ(1, m_asked);
}

TEST_F(StreamTest, AsksAgainWhenTheKeyframeDoesNotCome)
{
    Stream stream(config(), m_clock);
    stream.push(unit(0, true));
    m_clock.advance(milliseconds(1000));
    stream.canStartFromCache();
    for (int ms = 1000; ms < 3000; ms += 33) {
        m_clock.advance(milliseconds(33));
        stream.push(unit(ms, false));
    }
    EXPECT_GE(m_asked, 3);
    EXPECT_LE(m_asked, 5);
}

TEST_F(StreamTest, PassthroughStartsFromTheCachedGopHoweverOld)
{
    Stream stream(config(JoinAt::CachedKeyframe), m_clock);
    stream.push(unit(0, true));
    m_clock.advance(milliseconds(9000));
    stream.push(unit(9000, false));
    EXPECT_TRUE(stream.canStartFromCache());
}

TEST_F(StreamTest, IsReadyWhenEveryTrackIsKnown)
{
    StreamConfig both = config();
    both.tracks = {TrackId::Video, TrackId::Audio};
    Stream stream(both, m_clock);
    stream.push(unit(0, true));
    EXPECT_FALSE(stream.isReady());
    stream.push(unit(5, true, 5, TrackId::Audio));
    EXPECT_TRUE(stream.isReady());
    stream.restart({TrackId::Video});
    EXPECT_TRUE(stream.isReady());
    EXPECT_EQ(1u, stream.tracks().size());
}

TEST_F(StreamTest, CountsPicturesBytesAndTheGop)
{
    Stream stream(config(), m_clock);
    stream.push(unit(0, true, 100));
    stream.push(unit(33, false, 50));
    stream.push(unit(2000, true, 100));
    EXPECT_EQ(3u, stream.counters().pictures);
    EXPECT_EQ(250u, stream.counters().bytes);
    EXPECT_EQ(2u, stream.counters().keyframes);
    EXPECT_EQ(milliseconds(2000), stream.counters().gop);
}
