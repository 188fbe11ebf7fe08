// When a slate plays, and what of it.
#include "studio/slate_player.h"
#include "support/bare_server.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

using namespace heliograph;

namespace {

constexpr auto soon = std::chrono::seconds(60);

AccessUnitPtr soundUnit(Timestamp when)
{
    auto unit = std::make_shared<AccessUnit>();
    unit->track = TrackId::Audio;
    unit->keyframe = true;
    unit->pts = unit->dts = when;
    unit->config = std::make_shared<const Track>(
        Track{TrackId::Audio, 1,
              OpaqueConfig{.codec = OpaqueCodec::Opus, .sampleRate = 48000, .channels = 2}});
    unit->units.emplace_back(std::vector<std::uint8_t>{31 << 3, 0, 0});
    return unit;
}

class SlatePlaying : public testing::Test {
protected:
    SlatePlaying()
    {
        m_engine.push(m_stream, true, 100);
        m_stream.push(soundUnit(m_engine.clock.now()));
        for (const auto &unit : m_stream.cache().units())
            m_player.admits(*unit);
    }

    // Until so many more pictures have been pushed.
    void playPictures(std::uint64_t count)
    {
        const auto until = std::chrono::steady_clock::now() + soon;
        const std::uint64_t wanted = m_stream.counters().pictures + count;
        while (m_stream.counters().pictures < wanted && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            m_engine.clock.advance(std::chrono::milliseconds(20));
            m_engine.loop.runReady();
        }
        ASSERT_GE(m_stream.counters().pictures, wanted);
    }

    // Also when all has been made that was ordered.
    void expectNothingPlays()
    {
        const std::uint64_t before = m_stream.counters().pictures;
        std::atomic<bool> made{false};
        m_maker.order({}, [&](const Result<Slate> &) { made = true; });
        for (int i = 0; i < 50 || !made; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            m_engine.clock.advance(std::chrono::milliseconds(20));
            m_player.sweep(true, false);
            m_engine.loop.runReady();
        }
        EXPECT_EQ(before, m_stream.counters().pictures);
    }

    test::BareServer m_engine;
    SlateMaker m_maker;
    Stream m_stream{StreamConfig{.mount = "cam", .tracks = {TrackId::Video, TrackId::Audio}},
                    m_engine.clock};
    SlatePlayer m_player{m_engine.context,
                         m_stream,
                         m_maker,
                         {WhileLost::Name, {}, [] { return EncoderConfig(); }, {}}};
};

} // namespace

TEST_F(SlatePlaying, SoundThatTheSourceComesBackWithoutIsNotKeptAlive)
{
    m_player.sweep(true, false);
    playPictures(2);
    ASSERT_TRUE(m_stream.track(TrackId::Audio));
    m_stream.restart({TrackId::Video});
    playPictures(2);
    EXPECT_FALSE(m_stream.track(TrackId::Audio));
}

TEST_F(SlatePlaying, AnotherPictureIsChosenInTheMiddleOfALoss)
{
    m_player.sweep(true, false);
    playPictures(2);
    m_player.choose(WhileLost::Image, "/nowhere/soon.png");
    for (int i = 0; i < 100 && m_engine.context.notices.all().empty(); ++i)
        playPictures(1); // the one before plays on
    EXPECT_EQ(1u, m_engine.context.notices.all().size());
    playPictures(1);
    m_player.choose(WhileLost::Nothing, {});
    expectNothingPlays();
    m_player.choose(WhileLost::Name, {}); // in the same loss
    playPictures(1);
}

TEST_F(SlatePlaying, OnlyTheNewestOfSeveralChoicesCounts)
{
    m_player.sweep(true, false);
    m_player.choose(WhileLost::LastPicture, {}); // before the first one is made
    m_player.choose(WhileLost::Image, "/nowhere/soon.png");
    m_player.choose(WhileLost::Nothing, {});
    expectNothingPlays();
    EXPECT_TRUE(m_engine.context.notices.all().empty());
}

TEST_F(SlatePlaying, AChoiceWhileItDeliversIsForTheNextLoss)
{
    m_player.choose(WhileLost::Nothing, {});
    m_player.sweep(true, false);
    expectNothingPlays();
}

TEST_F(SlatePlaying, AnImageThatIsGoneIsTold)
{
    SlatePlayer player(m_engine.context, m_stream, m_maker,
                       {WhileLost::Image, "/nowhere/soon.png", [] { return EncoderConfig(); }, {}});
    player.admits(*m_stream.cache().units().front());
    player.sweep(true, false);
    playPictures(1);
    const auto &notices = m_engine.context.notices.all();
    ASSERT_EQ(1u, notices.size());
    EXPECT_EQ(Notice::Event::ImageLacking, notices[0].event);
    EXPECT_EQ("cam", notices[0].subject);
    EXPECT_EQ("/nowhere/soon.png", notices[0].detail);
}
