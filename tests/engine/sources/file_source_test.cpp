// Files of every kind that ffmpeg writes, compared with what ffmpeg itself takes out of them.
#include "files.h"

#include <algorithm>
#include <map>

using namespace heliograph;

namespace {

constexpr int framesEach = 50; // two seconds
constexpr Timestamp frameTime = std::chrono::milliseconds(40);

struct Kind {
    const char *name;
    const char *extension;
    const char *video; // encoder options
    bool sound;
    std::chrono::microseconds grain; // of the container's times
};

const Kind kinds[] = {
    {"Mp4", "mp4", "-bf 2 -g 25", false, std::chrono::microseconds(1)},
    {"Mp4WithSound", "mp4", "-bf 2 -g 25", true, std::chrono::microseconds(1)},
    {"Mp4WithoutB", "mp4", "-bf 0 -g 25", false, std::chrono::microseconds(1)},
    {"FragmentedMp4", "mp4", "-bf 2 -g 25 -movflags +frag_keyframe+empty_moov", true,
     std::chrono::microseconds(1)},
    {"Mkv", "mkv", "-bf 3 -g 25", false, std::chrono::milliseconds(1)},
    {"MkvWithSound", "mkv", "-bf 2 -g 25", true, std::chrono::milliseconds(1)},
    {"Ts", "ts", "-bf 2 -g 25", false, std::chrono::microseconds(12)},
    {"TsWithSound", "ts", "-bf 0 -g 25", true, std::chrono::microseconds(12)},
    {"Raw", "h264", "-bf 0 -g 25", false, std::chrono::microseconds(1)},
    {"RawWithPyramid", "h264", "-bf 5 -b-pyramid normal -g 25", false,
     std::chrono::microseconds(1)},
};

using Nals = std::vector<std::vector<std::uint8_t>>;

// Parameter sets apart: x264 and the filter repeat them where they like, the assembler in front of
// every IDR.
Nals codedNals(const std::vector<AccessUnitPtr> &units)
{
    Nals nals;
    for (const AccessUnitPtr &unit : units)
        for (const Bytes &nal : unit->units)
            if (h264::typeOf(nal) != h264::NalType::Sps && h264::typeOf(nal) != h264::NalType::Pps)
                nals.emplace_back(nal.span().begin(), nal.span().end());
    return nals;
}

Nals codedNalsByFfmpeg(const std::string &path)
{
    const auto stream = test::outputOf("ffmpeg -v error -nostdin -i " + test::shellWord(path)
                                       + " -map 0:v -c copy -bsf:v h264_mp4toannexb -f h264 -");
    Nals nals;
    for (const ByteSpan nal : h264::splitAnnexB(stream))
        if (h264::isCarried(h264::typeOf(nal)) && h264::typeOf(nal) != h264::NalType::Sps
            && h264::typeOf(nal) != h264::NalType::Pps)
            nals.emplace_back(nal.begin(), nal.end());
    return nals;
}

void expectNear(Timestamp expected, Timestamp actual, Timestamp grain, const char *what)
{
    EXPECT_LE(std::chrono::abs(expected - actual), grain)
        << what << ": " << actual.count() << " instead of " << expected.count();
}

} // namespace

class FileKinds : public testing::TestWithParam<Kind> {
protected:
    void SetUp() override
    {
        ASSERT_TRUE(test::haveFfmpeg()) << "./dev setup installs it";
        m_path = m_folder / ("clip." + std::string(GetParam().extension));
        const std::string sound = GetParam().sound
            ? " -f lavfi -i sine=frequency=440:sample_rate=48000 -t 2 -c:a aac -ac 2"
            : "";
        ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=320x180:rate=25" + sound + " -frames:v "
                                 + std::to_string(framesEach) + " -c:v libx264 -preset veryfast "
                                 + GetParam().video + " " + test::shellWord(m_path)));
        m_source = openableFile(m_path, true, test::pacerOf(m_clock));
        const auto opened = m_source->open({});
        ASSERT_TRUE(opened) << opened.error().detail;
        ASSERT_EQ(GetParam().sound ? 2u : 1u, opened->size());
    }

    // Of so many rounds, and a little more.
    std::vector<AccessUnitPtr> pictures(int rounds)
    {
        const auto wanted = std::size_t(rounds * framesEach);
        std::vector<AccessUnitPtr> found;
        while (found.size() < wanted) {
            auto more = test::ofTrack(test::readUnits(*m_source, 20), TrackId::Video);
            if (more.empty())
                break;
            found.insert(found.end(), more.begin(), more.end());
        }
        return found;
    }

    test::Folder m_folder;
    test::WoundClock m_clock;
    std::string m_path;
    std::unique_ptr<Source> m_source;
};

TEST_P(FileKinds, PassesEveryNalUnitOnAsItIs)
{
    auto units = pictures(1);
    ASSERT_LE(std::size_t(framesEach), units.size());
    units.resize(framesEach);
    EXPECT_EQ(codedNalsByFfmpeg(m_path), codedNals(units));
    for (const AccessUnitPtr &unit : units) {
        if (!unit->keyframe)
            continue;
        ASSERT_LE(3u, unit->units.size());
        EXPECT_EQ(h264::NalType::Sps, h264::typeOf(unit->units[0]));
        EXPECT_EQ(h264::NalType::Pps, h264::typeOf(unit->units[1]));
    }
}

TEST_P(FileKinds, GoesOnOverTheSeamAtTheRateOfThePictures)
{
    // Where the sound of a round is longer than its pictures, the next one begins so much later.
    const Timestamp soundLonger =
        GetParam().sound ? Timestamp(std::chrono::milliseconds(64)) : Timestamp(0);
    const auto units = pictures(3);
    ASSERT_LE(std::size_t(3 * framesEach), units.size());
    std::vector<Timestamp> shown;
    for (std::size_t i = 1; i < units.size(); ++i) {
        const Timestamp step = units[i]->dts - units[i - 1]->dts;
        const bool seam = i % framesEach == 0;
        EXPECT_GT(step.count(), 0);
        EXPECT_GE(units[i]->pts, units[i]->dts);
        expectNear(frameTime, step, GetParam().grain + (seam ? soundLonger : Timestamp(0)),
                   seam ? "at the seam" : "between pictures");
        shown.push_back(units[i]->pts);
    }
    // In the order of showing there is no hole and no pair either.
    std::sort(shown.begin(), shown.end());
    for (std::size_t i = 1; i + 8 < shown.size(); ++i)
        EXPECT_LE((shown[i] - shown[i - 1]), frameTime + 2 * GetParam().grain + soundLonger);
    for (std::size_t i = 1; i < shown.size(); ++i)
        EXPECT_GT((shown[i] - shown[i - 1]), frameTime / 2);
    EXPECT_EQ(units.front()->config, units.back()->config);
}

TEST_P(FileKinds, SoundFollowsInOrderAndWithoutAnOverlap)
{
    if (!GetParam().sound)
        return;
    const auto units = test::readUnits(*m_source, 500);
    ASSERT_EQ(500u, units.size());
    EXPECT_TRUE(std::is_sorted(units.begin(), units.end(), [](const auto &a, const auto &b) {
        return a->dts < b->dts;
    })) << "the tracks are not merged by time";
    const auto sound = test::ofTrack(units, TrackId::Audio);
    ASSERT_LT(200u, sound.size()); // more than two rounds
    const auto &config = std::get<AacConfig>(sound.front()->config->config);
    EXPECT_EQ(48000, config.sampleRate);
    EXPECT_EQ(2, config.channels);
    ASSERT_LE(2u, config.audioSpecificConfig.size());
    EXPECT_EQ(0x11, config.audioSpecificConfig[0]); // AAC-LC, 48 kHz, stereo
    EXPECT_EQ(0x90, config.audioSpecificConfig[1]);
    const Timestamp frame(1'000'000'000ll * 1024 / 48000);
    for (std::size_t i = 1; i < sound.size(); ++i) {
        EXPECT_GE(sound[i]->dts - sound[i - 1]->dts, frame - std::chrono::milliseconds(1));
        EXPECT_NE(0xff, sound[i]->units.at(0)[0]) << "an ADTS header";
        EXPECT_EQ(sound.front()->config, sound[i]->config);
    }
}

TEST_P(FileKinds, EachPictureComesWhenItIsDueWhileSomebodyWatches)
{
    m_source->setWatched(true);
    for (int i = 0; i < 120; ++i) {
        const auto unit = test::readUnits(*m_source, 1);
        ASSERT_EQ(1u, unit.size());
        EXPECT_GE(m_clock.now(), unit[0]->dts);
        EXPECT_LE(m_clock.now() - unit[0]->dts, std::chrono::milliseconds(1));
        EXPECT_EQ(m_clock.wallNow() - m_clock.now(), unit[0]->captured - unit[0]->pts);
    }
}

INSTANTIATE_TEST_SUITE_P(File, FileKinds, testing::ValuesIn(kinds),
                         [](const auto &kind) { return std::string(kind.param.name); });

TEST(File, WithoutALoopItComesToItsEnd)
{
    const test::Folder folder;
    const std::string path = folder / "once.mp4";
    ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=320x180:rate=25 -frames:v 10 "
                             "-c:v libx264 "
                             + test::shellWord(path)));
    test::WoundClock clock;
    const auto source = openableFile(path, false, test::pacerOf(clock));
    ASSERT_TRUE(source->open({}));
    EXPECT_EQ(10u, test::readUnits(*source, 100).size());
    for (int i = 0; i < 2; ++i) {
        const auto item = source->read({});
        ASSERT_TRUE(item);
        EXPECT_TRUE(std::holds_alternative<EndOfSource>(*item));
    }
}

// Whatever is read at one go: the end may come just behind it.
TEST(File, AnyNumberOfPicturesLoops)
{
    const test::Folder folder;
    for (int frames = 1; frames <= 34; ++frames) {
        const std::string path = folder / ("some" + std::to_string(frames) + ".mp4");
        ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=64x64:rate=25 -frames:v "
                                 + std::to_string(frames) + " -c:v libx264 "
                                 + test::shellWord(path)));
        test::WoundClock clock;
        const auto source = openableFile(path, true, test::pacerOf(clock));
        ASSERT_TRUE(source->open({}));
        const auto units = test::readUnits(*source, 70);
        ASSERT_EQ(70u, units.size()) << frames;
        for (std::size_t i = 1; i < units.size(); ++i)
            ASSERT_EQ(std::chrono::milliseconds(40), units[i]->dts - units[i - 1]->dts) << frames;
    }
}

TEST(File, ARawFileShowsItsPicturesInTheOrderThatItsMp4Tells)
{
    const test::Folder folder;
    const std::string mp4 = folder / "order.mp4";
    const std::string raw = folder / "order.h264";
    ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=320x180:rate=25 -frames:v 60 -c:v libx264 "
                             "-bf 5 -b-pyramid normal -b_strategy 0 -g 25 "
                             + test::shellWord(mp4)));
    ASSERT_TRUE(test::ffmpeg("-i " + test::shellWord(mp4) + " -c copy " + test::shellWord(raw)));
    std::vector<std::vector<Timestamp>> later(2);
    for (std::size_t i = 0; i < 2; ++i) {
        test::WoundClock clock;
        const auto source = openableFile(i ? raw : mp4, false, test::pacerOf(clock));
        ASSERT_TRUE(source->open({}));
        for (const AccessUnitPtr &unit : test::readUnits(*source, 100))
            later[i].push_back(
                std::chrono::round<std::chrono::milliseconds>(unit->pts - unit->dts));
    }
    EXPECT_EQ(60u, later[0].size());
    EXPECT_NE(later[0].front(), later[0][1]); // there are B-frames
    EXPECT_EQ(later[0], later[1]);
}

TEST(File, TheRateOfARawFileIsThatOfItsParameterSets)
{
    const test::Folder folder;
    const std::string path = folder / "fifty.h264";
    ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=320x180:rate=50 -frames:v 20 "
                             "-c:v libx264 "
                             + test::shellWord(path)));
    test::WoundClock clock;
    const auto source = openableFile(path, true, test::pacerOf(clock));
    ASSERT_TRUE(source->open({}));
    const auto units = test::readUnits(*source, 45);
    ASSERT_EQ(45u, units.size());
    for (std::size_t i = 1; i < units.size(); ++i)
        EXPECT_EQ(std::chrono::milliseconds(20), units[i]->dts - units[i - 1]->dts);
    EXPECT_EQ(50, std::get<H264Config>(units[0]->config->config).fps);
}
