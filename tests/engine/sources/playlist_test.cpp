// Several files one after the other as one source: over the seam, what they are served as, and what
// becomes of those that cannot be played.
#include "files.h"

#include <algorithm>
#include <fstream>

using namespace heliograph;

namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds frameTime(40);

} // namespace

class Playlist : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(test::haveFfmpeg()) << "./dev setup installs it"; }

    // A second of pictures and, with such options, of sound.
    std::string make(const std::string &name, const std::string &codecs,
                     const std::string &size = "320x180")
    {
        const bool withSound = codecs.find("-c:a") != std::string::npos;
        const std::string path = m_folder / name;
        EXPECT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=rate=25:size=" + size
                                 + (withSound ? " -f lavfi -i sine=sample_rate=48000" : "")
                                 + " -t 1 " + codecs + " " + test::shellWord(path)))
            << path;
        return path;
    }

    std::unique_ptr<Source> source(const std::vector<std::string> &files, bool loop)
    {
        std::string paths;
        for (const std::string &file : files)
            paths += file + "\n";
        return openableFile(paths, loop, test::pacerOf(m_clock), m_memory);
    }

    struct Played {
        std::vector<AccessUnitPtr> units;
        std::vector<VideoFrame> frames;
        std::vector<AudioFrame> sounds;
        bool ended = false;
    };

    Played play(Source &source, int items)
    {
        Played played;
        for (int i = 0; i < items && !played.ended; ++i) {
            auto item = source.read({});
            if (!item) {
                ADD_FAILURE() << item.error().detail;
                break;
            }
            if (auto *unit = std::get_if<AccessUnitPtr>(&*item))
                played.units.push_back(*unit);
            else if (auto *frame = std::get_if<VideoFrame>(&*item))
                played.frames.push_back(*frame);
            else if (auto *sound = std::get_if<AudioFrame>(&*item))
                played.sounds.push_back(*sound);
            played.ended = std::holds_alternative<EndOfSource>(*item);
        }
        return played;
    }

    static void expectEvenlyShown(std::vector<Timestamp> shown)
    {
        std::sort(shown.begin(), shown.end());
        for (std::size_t i = 1; i < shown.size(); ++i)
            EXPECT_NEAR(40, double((shown[i] - shown[i - 1]).count()) / 1e6, 1.1) << i;
    }

    static void expectWholeSound(const std::vector<AudioFrame> &sounds)
    {
        for (std::size_t i = 1; i < sounds.size(); ++i) {
            const auto samples =
                std::int64_t(sounds[i - 1].samples.size() / sizeof(float)) / sounds[i - 1].channels;
            const Timestamp end = sounds[i - 1].pts + durationOf(samples, 48000);
            EXPECT_NEAR(0, double((sounds[i].pts - end).count()) / 1e6, 25) << i;
            EXPECT_EQ(sounds[0].channels, sounds[i].channels);
        }
    }

    const test::Folder m_folder;
    test::WoundClock m_clock;
    std::shared_ptr<SourceMemory> m_memory = std::make_shared<SourceMemory>();
};

TEST_F(Playlist, H264OfOtherParameterSetsFollowsInBandWithoutASeam)
{
    const auto list =
        source({make("a.mp4", "-c:v libx264 -bf 3"), make("b.ts", "-c:v libx264 -bf 0", "640x360"),
                make("c.mkv", "-c:v libx264 -bf 1")},
               true);
    const auto opened = list->open({});
    ASSERT_TRUE(opened) << opened.error().detail;
    ASSERT_EQ(1u, opened->size());
    const auto units = play(*list, 160).units;
    ASSERT_EQ(160u, units.size());
    std::vector<Timestamp> shown;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const bool isSecond = i % 75 >= 25 && i % 75 < 50;
        EXPECT_EQ(isSecond ? 640 : 320, units[i]->config->width()) << i;
        EXPECT_EQ(i % 25 == 0, units[i]->keyframe && i % 25 == 0) << i;
        shown.push_back(units[i]->pts);
        if (i > 0) {
            EXPECT_GT(units[i]->dts, units[i - 1]->dts);
        }
    }
    shown.resize(150); // of the last ones some are still to come in between
    expectEvenlyShown(shown);
}

TEST_F(Playlist, WithoutALoopTheLastOneIsTheEnd)
{
    const auto list = source({make("a.mp4", "-c:v libx264"), make("b.mp4", "-c:v libx264")}, false);
    ASSERT_TRUE(list->open({}));
    const Played played = play(*list, 1000);
    EXPECT_TRUE(played.ended);
    EXPECT_EQ(50u, played.units.size());
    EXPECT_TRUE(std::holds_alternative<EndOfSource>(*list->read({})));
}

TEST_F(Playlist, OfOtherCodecsTheyAreDecoded)
{
    const auto list = source({make("a.mp4", "-c:v libx264 -bf 2"), make("b.avi", "-c:v mpeg4"),
                              make("c.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8")},
                             true);
    ASSERT_TRUE(list->open({}));
    const Played played = play(*list, 160);
    EXPECT_EQ(160u, played.frames.size());
    std::vector<Timestamp> shown;
    for (const VideoFrame &frame : played.frames)
        shown.push_back(frame.pts);
    EXPECT_TRUE(std::is_sorted(shown.begin(), shown.end()));
    expectEvenlyShown(shown);
}

TEST_F(Playlist, PicturesPassWhereSoundThatDiffersIsDecoded)
{
    const std::string video = "-c:v libx264 -bf 2 ";
    const auto list =
        source({make("a.mp4", video + "-c:a aac -ac 1"), make("b.mp4", video), // silent
                make("c.mkv", video + "-c:a libopus -ac 2")},
               true);
    const auto opened = list->open({});
    ASSERT_TRUE(opened);
    EXPECT_EQ(2u, opened->size());
    const Played played = play(*list, 700);
    EXPECT_LT(150u, played.units.size());
    EXPECT_TRUE(played.frames.empty());
    ASSERT_LT(150u, played.sounds.size());
    EXPECT_EQ(2, played.sounds[0].channels);
    expectWholeSound(played.sounds);
    const Timestamp apart = played.sounds.back().pts - played.units.back()->dts;
    EXPECT_LT(std::chrono::abs(apart), milliseconds(200)) << "picture and sound drift apart";
}

TEST_F(Playlist, SoundOfOneKindPassesThrough)
{
    const std::string codecs = "-c:v libx264 -bf 2 -c:a aac -ac 2";
    const auto list = source({make("a.mp4", codecs), make("b.mkv", codecs)}, true);
    ASSERT_TRUE(list->open({}));
    const auto sound = test::ofTrack(play(*list, 400).units, TrackId::Audio);
    ASSERT_LT(200u, sound.size());
    const Timestamp frame(1'000'000'000ll * 1024 / 48000);
    for (std::size_t i = 1; i < sound.size(); ++i) {
        EXPECT_GE(sound[i]->dts - sound[i - 1]->dts, frame - milliseconds(1)) << i;
        EXPECT_LE(sound[i]->dts - sound[i - 1]->dts, frame + milliseconds(64)) << i;
    }
}

TEST_F(Playlist, WhatCannotBePlayedIsPassedOverAndToldOnce)
{
    const std::string broken = m_folder / "broken.mp4";
    std::ofstream(broken) << std::string(5000, 'x');
    const std::string gone = make("gone.mp4", "-c:v libx264");
    const auto list = source({broken, make("a.mp4", "-c:v libx264"), gone, m_folder / "never.mp4",
                              make("b.mp4", "-c:v libx264")},
                             true);
    ASSERT_TRUE(list->open({}));
    fs::remove(gone);
    const auto units = play(*list, 200).units;
    ASSERT_EQ(200u, units.size());
    for (std::size_t i = 1; i < units.size(); ++i)
        EXPECT_EQ(frameTime, units[i]->dts - units[i - 1]->dts) << i;
    const auto story = m_memory->story.get();
    ASSERT_EQ(3u, story->size());
    EXPECT_EQ(StoryLine::Fact::PassedOver, story->front().fact);
    EXPECT_EQ(ErrorCode::FileUnplayable, story->front().error->code);
    EXPECT_NE(std::string::npos, story->front().error->detail.find("broken.mp4"));
}

TEST_F(Playlist, OneThatIsDamagedInTheMiddleDoesNotEndTheOthers)
{
    const std::string cut = make("cut.mp4", "-c:v libx264 -movflags +faststart");
    fs::resize_file(cut, fs::file_size(cut) / 2);
    const auto list = source({cut, make("b.mp4", "-c:v libx264")}, true);
    ASSERT_TRUE(list->open({}));
    const auto units = play(*list, 120).units;
    ASSERT_EQ(120u, units.size());
    for (std::size_t i = 1; i < units.size(); ++i)
        EXPECT_LT(units[i - 1]->dts, units[i]->dts) << i;
}

TEST_F(Playlist, SoundAloneIsPassedOverWhereOthersHavePictures)
{
    const std::string sound = m_folder / "sound.m4a";
    ASSERT_TRUE(test::ffmpeg("-f lavfi -i sine -t 1 -c:a aac " + test::shellWord(sound)));
    const auto list = source({sound, make("a.mp4", "-c:v libx264 -c:a aac")}, true);
    ASSERT_TRUE(list->open({}));
    EXPECT_LT(60u, test::ofTrack(play(*list, 200).units, TrackId::Video).size());
    EXPECT_EQ(1u, m_memory->story.get()->size());
}

TEST_F(Playlist, WhenNoneCanBePlayedThatIsTheError)
{
    std::ofstream(m_folder / "broken.mp4") << std::string(5000, 'x');
    const auto never = source({m_folder / "never.mp4", m_folder / "broken.mp4"}, true);
    const auto opened = never->open({});
    ASSERT_FALSE(opened);
    EXPECT_EQ(ErrorCode::FileUnplayable, opened.error().code);

    const std::string a = make("a.mp4", "-c:v libx264");
    const std::string b = make("b.mp4", "-c:v libx264");
    const auto list = source({a, b}, true);
    ASSERT_TRUE(list->open({}));
    fs::remove(a);
    fs::remove(b);
    Result<SourceItem> item = list->read({});
    for (int i = 0; i < 100 && item; ++i)
        item = list->read({});
    ASSERT_FALSE(item);
    EXPECT_EQ(ErrorCode::FileUnreadable, item.error().code);
}
