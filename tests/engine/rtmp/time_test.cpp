// A viewer's time, on a clock that the test moves: small at first, true to the stream's after
// hours, whenever it joined and whatever it missed.
#include "engine/rtmp/bare_player.h"

#include "wire/rtmp/video_tag.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;
using test::BarePlayer;

namespace {

constexpr milliseconds interval(40);

class Time : public testing::Test {
protected:
    // So many pictures, a keyframe every two seconds.
    void stream(int pictures, std::size_t bytes = 200)
    {
        for (int i = 0; i < pictures; ++i) {
            m_bare.clock.advance(m_interval);
            m_bare.push(m_stream, m_pictures++ % 50 == 0, bytes);
        }
    }

    test::BareRtmpServer m_bare;
    Stream &m_stream = m_bare.addStream("cam");
    int m_pictures = 0;
    milliseconds m_interval = interval;
};

std::vector<std::uint32_t> pictureTimes(BarePlayer &player)
{
    std::vector<std::uint32_t> times;
    for (const rtmp::Message &message : player.messages())
        if (message.head.type == rtmp::MessageType::Video
            && rtmp::parseVideoTag(message.payload)->kind == rtmp::PacketKind::Frames)
            times.push_back(message.head.timestamp);
    return times;
}

std::vector<std::pair<rtmp::MessageType, std::uint32_t>> samples(BarePlayer &player)
{
    std::vector<std::pair<rtmp::MessageType, std::uint32_t>> all;
    for (const rtmp::Message &message : player.messages())
        if (message.head.type == rtmp::MessageType::Video
            || message.head.type == rtmp::MessageType::Audio)
            all.emplace_back(message.head.type, message.head.timestamp);
    return all;
}

} // namespace

TEST_F(Time, T15_BeginsAtZeroWheneverAViewerJoins)
{
    stream(1000);
    BarePlayer first(m_bare);
    first.play("cam");
    stream(10);
    const auto times = pictureTimes(first);
    ASSERT_GT(times.size(), 10u); // with the cached GOP
    for (std::size_t i = 0; i < times.size(); ++i)
        EXPECT_EQ(40 * i, times[i]);
    stream(100);
    BarePlayer second(m_bare);
    second.play("cam");
    EXPECT_EQ(0u, pictureTimes(second).at(0));
}

// A viewer in the middle of a GOP: its sound belongs to its pictures, and what came before is no
// part of either.
TEST_F(Time, T15_T16_TheCachedGopComesWithItsSoundAndOneBaseForBoth)
{
    Stream &loud = m_bare.addStreamWithSound("loud");
    const auto picture = [&](int later, bool keyframe) {
        m_bare.clock.advance(milliseconds(later));
        m_bare.push(loud, keyframe, 200);
    };
    const auto sound = [&](int later) {
        m_bare.clock.advance(milliseconds(later));
        m_bare.pushSound(loud);
    };
    sound(500); // of the GOP before
    picture(7, true);
    sound(9);
    picture(31, false);
    sound(3);
    BarePlayer player(m_bare);
    player.play("loud");
    sound(21); // live
    using Sample = std::pair<rtmp::MessageType, std::uint32_t>;
    const auto video = rtmp::MessageType::Video;
    const auto audio = rtmp::MessageType::Audio;
    EXPECT_EQ((std::vector<Sample>{{video, 0}, // headers
                                   {audio, 0},
                                   {video, 0},
                                   {audio, 9},
                                   {video, 40},
                                   {audio, 43},
                                   {audio, 64}}),
              samples(player));
}

// The blocks are the same for both: what differs is the first message alone.
TEST_F(Time, T4_FourHoursAndFortyMinutesAndMuchMorePassWithoutAJump)
{
    m_interval = milliseconds(400); // sanitizers take their time
    BarePlayer player(m_bare);
    player.play("cam");
    std::uint32_t last = pictureTimes(player).at(0);
    const int pictures = int(std::chrono::hours(6) / m_interval);
    for (int i = 0; i < pictures; i += 500) {
        stream(500, 20);
        for (const std::uint32_t time : pictureTimes(player)) {
            ASSERT_EQ(last + 400, time);
            last = time;
        }
    }
    EXPECT_GT(last, 0xFFFFFFu + 4'000'000);
    BarePlayer late(m_bare);
    late.play("cam");
    EXPECT_EQ(0u, pictureTimes(late).at(0));
}

// Past 0xFFFFFF a time that is written out needs the extended field.
TEST_F(Time, T4_T23_WhoWasBehindGoesOnAtTheRightTimeAfterFiveHours)
{
    BarePlayer player(m_bare);
    player.play("cam");
    stream(1, 20);
    std::uint32_t last = pictureTimes(player).back();
    m_bare.clock.advance(std::chrono::hours(5));
    m_pictures = 1;
    stream(1, 20);
    const std::uint32_t afterPause = last + 5 * 3600 * 1000 + 40;
    EXPECT_EQ(std::vector{afterPause}, pictureTimes(player));
    player.peer()->room = 0;
    stream(200, 5000); // eight seconds: pictures are dropped up to keyframes
    player.peer()->room = SIZE_MAX;
    player.peer()->open->makeWritable();
    stream(100, 5000);
    auto times = pictureTimes(player);
    ASSERT_FALSE(times.empty());
    EXPECT_EQ(afterPause + 300 * 40, times.back());
    times.insert(times.begin(), afterPause);
    int jumps = 0;
    for (std::size_t i = 1; i < times.size(); ++i) {
        EXPECT_EQ(0u, (times[i] - times[i - 1]) % 40);
        jumps += times[i] - times[i - 1] != 40;
    }
    EXPECT_GE(jumps, 1);
}

// A time that goes back stays where it was, until it is passed.
TEST_F(Time, T5_NeverGoesBack)
{
    BarePlayer player(m_bare);
    player.play("cam");
    stream(10);
    m_bare.clock.advance(-milliseconds(100));
    stream(10);
    const auto times = pictureTimes(player);
    for (std::size_t i = 1; i < times.size(); ++i)
        EXPECT_GE(times[i], times[i - 1]);
    EXPECT_EQ(20u * 40 - 100, times.back());
}

// Players that hear nothing for long give up: they are told that it is the stream that rests.
TEST_F(Time, T17_WhoGetsNothingIsToldSoAndAskedWhetherItIsThere)
{
    using Event = rtmp::UserControl::Event;
    BarePlayer player(m_bare);
    player.play("cam");
    const auto toldWithin = [&](milliseconds time) {
        m_bare.pass(time);
        std::vector<Event> told;
        for (const rtmp::UserControl &control : player.userControls())
            told.push_back(control.event);
        return told;
    };
    EXPECT_EQ(std::vector{Event::StreamBegin}, toldWithin(milliseconds(2000)));
    EXPECT_EQ(std::vector{Event::StreamDry}, toldWithin(milliseconds(1000)));
    EXPECT_EQ(std::vector<Event>{}, toldWithin(milliseconds(2000)));
    EXPECT_EQ(std::vector{Event::PingRequest}, toldWithin(milliseconds(1000)));
    EXPECT_EQ(std::vector{Event::PingRequest}, toldWithin(milliseconds(6000))); // again; dry it is
    stream(1);
    EXPECT_EQ(std::vector<Event>{}, toldWithin(milliseconds(2000)));
    EXPECT_EQ(std::vector{Event::StreamDry}, toldWithin(milliseconds(1000))); // once more
}
