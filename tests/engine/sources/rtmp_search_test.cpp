// Which tracks a publisher sends, and when that is known.
#include "sources/rtmp/track_search.h"

#include "engine/sources/publisher.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;
namespace four_cc = rtmp::four_cc;

namespace {

class Search : public testing::Test {
protected:
    void look(const PublishedItem &item) { EXPECT_TRUE(m_search.look(item)); }
    bool isOver(milliseconds after = milliseconds(0))
    {
        return m_search.isOver(SystemClock().now() + after);
    }

    TrackSearch m_search{{std::chrono::minutes(1), std::chrono::minutes(5)}};
};

constexpr milliseconds twoMinutes = std::chrono::minutes(2);
constexpr milliseconds sixMinutes = std::chrono::minutes(6);

} // namespace

TEST_F(Search, IsOverWithBothHeaders)
{
    look(test::begin());
    look(test::pictureHeader());
    look(test::keyframe(0));
    look(test::sound(0));
    EXPECT_FALSE(isOver());
    look(test::soundHeader());
    EXPECT_TRUE(isOver());
    EXPECT_EQ(four_cc::avc, m_search.pictures());
    EXPECT_EQ(four_cc::aac, m_search.sound());
}

TEST_F(Search, ALoneTrackIsAllWhenNoOtherCame)
{
    EXPECT_FALSE(isOver(sixMinutes));
    look(test::pictureHeader());
    EXPECT_FALSE(isOver());
    EXPECT_TRUE(isOver(twoMinutes));
    EXPECT_TRUE(m_search.sound().isNone());
}

TEST_F(Search, IsOverWithWhatWasAnnounced)
{
    look(test::metadata({{"width", 320}, {"videocodecid", 7}}));
    EXPECT_FALSE(isOver(sixMinutes));
    look(test::pictureHeader());
    EXPECT_TRUE(isOver());
}

TEST_F(Search, AnAnnouncedTrackIsWaitedForLongerButNotForEver)
{
    look(test::metadata({{"videocodecid", 7}, {"audiocodecid", 10}}));
    look(test::pictureHeader());
    EXPECT_FALSE(isOver(twoMinutes));
    EXPECT_TRUE(isOver(sixMinutes));
}

TEST_F(Search, MetadataThatSaysNothingAnnouncesNothing)
{
    look(test::metadata({{"encoder", "x"}}));
    look(test::item(PublishedItem::Kind::Data, 0, Bytes({1, 2, 3})));
    look(test::soundHeader());
    EXPECT_FALSE(isOver());
    EXPECT_TRUE(isOver(twoMinutes));
}

TEST_F(Search, OtherCodecsAreNamed)
{
    const std::vector<std::uint8_t> oldPicture = {0x14, 1, 2, 3}; // VP6
    look(test::item(PublishedItem::Kind::Picture, 0, Bytes::copyOf(oldPicture)));
    look(test::soundItem(0, four_cc::mp3, rtmp::PacketKind::Frames, {1, 2}));
    EXPECT_TRUE(isOver());
    EXPECT_EQ(TrackSearch::unnamed, m_search.pictures());
    EXPECT_EQ(four_cc::mp3, m_search.sound());
}
