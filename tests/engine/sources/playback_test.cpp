// A file that is paused and sought in while it plays: where it goes on, and that the times towards
// viewers go on with the clock.
#include "files.h"

#include <algorithm>

using namespace heliograph;
using std::chrono::milliseconds;
using std::chrono::seconds;

class FilePlayback : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(test::haveFfmpeg()) << "./dev setup installs it"; }

    // Ten seconds with a keyframe every two.
    void open(const std::string &name, const std::string &codecs, bool loop = true)
    {
        const bool withSound = codecs.find("-c:a") != std::string::npos;
        m_path = m_folder / name;
        ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=rate=25:size=160x90"
                                 + std::string(withSound ? " -f lavfi -i sine" : "") + " -t 10 "
                                 + codecs + " -g 50 " + test::shellWord(m_path)));
        const auto nap = [this](milliseconds time, const std::stop_token &) {
            m_clock.advance(time);
            if (--m_napsToStop == 0)
                m_stop.request_stop();
        };
        m_source = openableFile(m_path, loop, Pacer(m_clock, nap), m_memory);
        const auto opened = m_source->open({});
        ASSERT_TRUE(opened) << opened.error().detail;
        m_source->setWatched(true);
    }

    SourceItem next()
    {
        auto item = m_source->read({});
        EXPECT_TRUE(item) << item.error().detail;
        return item ? *item : SourceItem(EndOfSource{});
    }

    // Up to the next picture; nothing within so many items.
    std::optional<Timestamp> nextPicture(int items = 100)
    {
        for (int i = 0; i < items; ++i) {
            const SourceItem item = next();
            if (const auto *frame = std::get_if<VideoFrame>(&item))
                return frame->pts;
            const auto *unit = std::get_if<AccessUnitPtr>(&item);
            if (unit && (*unit)->track == TrackId::Video) {
                m_unit = *unit;
                return m_unit->pts;
            }
        }
        return std::nullopt;
    }

    // What a pause lets through.
    void readPaused(std::vector<Timestamp> &pictures)
    {
        m_stop = {};
        m_napsToStop = 20;
        auto item = m_source->read(m_stop.get_token());
        for (; item; item = m_source->read(m_stop.get_token()))
            if (const auto &unit = std::get<AccessUnitPtr>(*item); unit->track == TrackId::Video)
                pictures.push_back(unit->pts);
        EXPECT_EQ(ErrorCode::Cancelled, item.error().code);
    }

    void seekTo(milliseconds position) { m_source->control({{}, position}); }
    milliseconds position() const { return m_memory->playback.get()->position; }

    // Whether it is shown at this position, to a picture and what containers round.
    bool isAt(milliseconds where) const
    {
        return std::chrono::abs(position() - where) <= milliseconds(80);
    }

    const test::Folder m_folder;
    test::WoundClock m_clock;
    std::shared_ptr<SourceMemory> m_memory = std::make_shared<SourceMemory>();
    std::string m_path;
    std::unique_ptr<Source> m_source;
    AccessUnitPtr m_unit;
    std::stop_source m_stop;
    int m_napsToStop = 0;
};

TEST_F(FilePlayback, ItTellsWhereItStands)
{
    open("a.mp4", "-c:v libx264 -bf 2");
    EXPECT_FALSE(m_memory->playback.get());
    for (int i = 0; i < 76; ++i)
        nextPicture();
    const auto playback = m_memory->playback.get();
    EXPECT_EQ(m_path, playback->file);
    EXPECT_EQ(seconds(10), playback->duration);
    EXPECT_TRUE(isAt(seconds(3))) << position().count();
    EXPECT_FALSE(playback->paused);
}

TEST_F(FilePlayback, PicturesThatPassGoOnAtTheKeyframeBeforeWhateverTheContainer)
{
    for (const char *name : {"a.mp4", "a.mkv", "a.ts", "a.avi", "a.flv"}) {
        open(name, "-c:v libx264 -bf 2");
        for (int i = 0; i < 30; ++i)
            nextPicture();
        for (const int place : {7100, 2500, 9990, 0, 4100}) {
            const milliseconds wanted(place);
            const Timestamp before = m_unit->dts;
            const Timestamp shown = m_unit->pts;
            seekTo(wanted);
            ASSERT_TRUE(nextPicture()) << name;
            EXPECT_TRUE(m_unit->keyframe) << name << wanted.count();
            const milliseconds keyframe = wanted / 2000 * 2000;
            EXPECT_TRUE(isAt(keyframe)) << name << wanted.count() << " at " << position().count();
            EXPECT_GT(m_unit->dts, before) << name;
            EXPECT_LE(m_unit->pts - shown, milliseconds(300)) << name;
            for (int i = 0; i < 20; ++i) {
                const Timestamp last = m_unit->dts;
                nextPicture();
                EXPECT_LE(m_unit->dts - last, milliseconds(42)) << name << i;
                EXPECT_GT(m_unit->dts, last) << name << i;
            }
        }
    }
}

TEST_F(FilePlayback, WhatIsDecodedGoesOnAtTheWantedPicture)
{
    for (const char *name : {"a.webm", "a.mpg"}) {
        open(name,
             name == std::string("a.webm")
                 ? "-c:v libvpx -deadline realtime -cpu-used 8 -c:a libvorbis"
                 : "-c:v mpeg2video -bf 2 -c:a mp2");
        auto last = nextPicture();
        for (const int place : {7120, 2520, 5000}) {
            const milliseconds wanted(place);
            for (int i = 0; i < 20; ++i)
                last = nextPicture();
            seekTo(wanted);
            const auto first = nextPicture(400);
            ASSERT_TRUE(first) << name;
            EXPECT_GT(*first, *last) << name;
            EXPECT_LE(*first - *last, milliseconds(300)) << name;
            // By the position of what was read for it: decoders hold a few back.
            EXPECT_LE(std::chrono::abs(position() - wanted), milliseconds(250))
                << name << " at " << position().count();
            last = first;
        }
    }
}

TEST_F(FilePlayback, SoundFollowsThePicturesThroughASeek)
{
    open("a.mp4", "-c:v libx264 -bf 2 -c:a aac");
    for (int i = 0; i < 30; ++i)
        nextPicture();
    seekTo(seconds(7));
    nextPicture();
    const Timestamp picture = m_unit->pts;
    std::vector<Timestamp> sound;
    while (sound.size() < 40) {
        const SourceItem item = next();
        const auto *unit = std::get_if<AccessUnitPtr>(&item);
        if (unit && (*unit)->track == TrackId::Audio)
            sound.push_back((*unit)->pts);
    }
    EXPECT_LE(std::chrono::abs(sound.front() - picture), milliseconds(120));
    for (std::size_t i = 1; i < sound.size(); ++i)
        EXPECT_NEAR(23.2, double((sound[i] - sound[i - 1]).count()) / 1e6, 1) << i;
}

TEST_F(FilePlayback, APauseSendsNothingOfWhatPassesAndGoesOnWithTheClock)
{
    open("a.mp4", "-c:v libx264 -bf 2");
    for (int i = 0; i < 27; ++i) // up to where a P picture comes
        nextPicture();
    m_source->control({true, {}});
    const Timestamp resumedSoon = m_clock.now() + milliseconds(500);
    m_clock.advance(milliseconds(500));
    m_source->control({false, {}});
    nextPicture();
    EXPECT_EQ(resumedSoon, m_unit->dts); // what is less than a second is not caught up with either
    const Timestamp before = m_unit->dts;
    m_source->control({true, {}});
    EXPECT_TRUE(m_memory->playback.get()->paused);
    std::vector<Timestamp> rest;
    readPaused(rest);
    EXPECT_EQ(1U, rest.size()); // the one that is shown before it
    const Timestamp resumed = m_clock.now() + seconds(30);
    m_clock.advance(seconds(30));
    m_source->control({false, {}});
    ASSERT_TRUE(nextPicture());
    EXPECT_GE(m_unit->dts, resumed); // no burst, and no time of the past
    EXPECT_LE(m_unit->dts - resumed, milliseconds(1));
    EXPECT_GT(m_unit->dts, before);
    EXPECT_TRUE(isAt(milliseconds(1200))) << position().count(); // nothing is left out
}

// Whichever picture comes next when it is asked for: none that goes ahead of others is torn from
// them.
TEST_F(FilePlayback, APauseLeavesPicturesInTheirOrder)
{
    open("a.mp4", "-c:v libx264 -bf 3 -b_strategy 0 -c:a aac");
    constexpr int pauses = 9;
    std::vector<Timestamp> shown;
    for (int pause = 0; pause < pauses; ++pause) {
        for (int i = 0; i < 10 + pause % 4; ++i)
            shown.push_back(*nextPicture());
        m_source->control({true, {}});
        if (pause % 3 != 0)
            readPaused(shown);
        m_clock.advance(milliseconds(pause % 2 != 0 ? 700 : 1700));
        m_source->control({false, {}});
    }
    std::ranges::sort(shown);
    int gaps = 0;
    for (std::size_t i = 1; i < shown.size(); ++i)
        gaps += std::chrono::abs(shown[i] - shown[i - 1] - milliseconds(40)) > milliseconds(1);
    EXPECT_EQ(pauses - 1, gaps); // the last one has nothing behind it
}

TEST_F(FilePlayback, APauseRepeatsThePictureOfWhatIsDecodedInSilence)
{
    open("a.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -c:a libvorbis");
    auto last = nextPicture();
    for (int i = 0; i < 30; ++i)
        last = nextPicture();
    m_source->control({true, {}});
    const Timestamp paused = m_clock.now();
    int pictures = 0;
    std::optional<Timestamp> soundEnd;
    for (int i = 0; i < 40; ++i) {
        const SourceItem item = next();
        if (const auto *frame = std::get_if<VideoFrame>(&item)) {
            EXPECT_GT(frame->pts, *last);
            EXPECT_LE(m_clock.now() - frame->pts, milliseconds(1));
            last = frame->pts;
            ++pictures;
        }
        if (const auto *sound = std::get_if<AudioFrame>(&item)) {
            const auto samples =
                sound->samples.size() / sizeof(float) / std::size_t(sound->channels);
            if (soundEnd) {
                EXPECT_LE(std::chrono::abs(sound->pts - *soundEnd), milliseconds(1));
            }
            soundEnd = sound->pts + durationOf(std::int64_t(samples), sound->sampleRate);
        }
    }
    EXPECT_LE(15, pictures);
    EXPECT_GE(m_clock.now() - paused, seconds(2));
    m_source->control({false, {}});
    for (int i = 0; i < 10; ++i) {
        const auto picture = nextPicture();
        EXPECT_GT(*picture, *last);
        last = picture;
    }
}

TEST_F(FilePlayback, ASeekDuringAPauseShowsOnePictureAndStays)
{
    open("a.mp4", "-c:v libx264 -bf 0");
    for (int i = 0; i < 30; ++i)
        nextPicture();
    m_source->control({true, {}});
    seekTo(milliseconds(6100));
    ASSERT_TRUE(nextPicture());
    EXPECT_TRUE(m_unit->keyframe);
    EXPECT_TRUE(isAt(seconds(6)));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(ErrorCode::Cancelled, m_source->read(stop.get_token()).error().code);
    m_source->control({false, {}});
    ASSERT_TRUE(nextPicture());
    EXPECT_TRUE(isAt(milliseconds(6040))) << position().count();
}

TEST_F(FilePlayback, AfterASeekTheSeamIsAsBefore)
{
    open("a.mp4", "-c:v libx264 -bf 2");
    for (int i = 0; i < 10; ++i)
        nextPicture();
    seekTo(seconds(9));
    std::vector<Timestamp> shown;
    for (int i = 0; i < 90; ++i) {
        nextPicture();
        shown.push_back(m_unit->pts);
    }
    std::sort(shown.begin(), shown.end() - 4);
    for (std::size_t i = 1; i + 8 < shown.size(); ++i)
        EXPECT_NEAR(40, double((shown[i] - shown[i - 1]).count()) / 1e6, 1) << i;
}

TEST_F(FilePlayback, ARawFileCannotBeSoughtInAndPlaysOn)
{
    open("a.h264", "-c:v libx264 -bf 0");
    for (int i = 0; i < 10; ++i)
        nextPicture();
    EXPECT_EQ(milliseconds(0), m_memory->playback.get()->duration);
    const Timestamp before = m_unit->dts;
    seekTo(seconds(5));
    nextPicture();
    EXPECT_EQ(milliseconds(40), m_unit->dts - before);
}

TEST_F(FilePlayback, AtItsEndItIsPaused)
{
    open("a.mp4", "-c:v libx264 -bf 2", false);
    nextPicture();
    seekTo(milliseconds(9900));
    while (!std::holds_alternative<EndOfSource>(next()))
        ;
    EXPECT_TRUE(m_memory->playback.get()->paused);
}
