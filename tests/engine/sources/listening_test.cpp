// Through the front door: what a person hears of a source, whatever becomes of its sound.
#include "support/folder.h"
#include "support/test_studio.h"

#include <engine/await.h>

#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <thread>

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

// A second of it, as a player takes it.
std::vector<float> hear(SoundTap &tap)
{
    std::vector<float> heard;
    for (int tries = 0; tries < 500 && heard.size() < 2 * 48000; ++tries) {
        for (const HeardSound &sound : tap.take())
            heard.insert(heard.end(), sound.samples.begin(), sound.samples.end());
        std::this_thread::sleep_for(milliseconds(10));
    }
    return heard;
}

// Of the left channel, by how often it rises through zero.
double frequencyOf(const std::vector<float> &stereo)
{
    int rises = 0;
    for (std::size_t i = 2; i < stereo.size(); i += 2)
        rises += stereo[i - 2] < 0 && stereo[i] >= 0;
    return rises * 48000.0 / (double(stereo.size()) / 2);
}

} // namespace

TEST(Listening, ATestPatternIsHeardAlsoUnpublished)
{
    test::TestStudio studio;
    const SourceId id = studio.addPattern("tone", {{"tone", std::int64_t(440)}});
    ASSERT_TRUE(await<>([&](Reply<> reply) { studio->unpublish(id, std::move(reply)); }));
    const auto tap = studio->listen(id);
    EXPECT_TRUE(tap->take().empty());
    tap->setWanted(true);
    EXPECT_NEAR(440, frequencyOf(hear(*tap)), 5);
    tap->setWanted(false);
    std::this_thread::sleep_for(milliseconds(100));
    EXPECT_TRUE(tap->take().empty());
    EXPECT_TRUE(studio.freshSnapshot()->sources.at(0).hasSound);
}

class PassingSound : public testing::TestWithParam<const char *> { };

TEST_P(PassingSound, OfAFileIsHeardWhileItPasses)
{
    const test::Folder folder;
    const std::string file = (folder.path() / "clip.mkv").string();
    const std::string command = "ffmpeg -v error -f lavfi -i testsrc=size=160x120:rate=25 -f lavfi"
                                " -i sine=frequency=1000:sample_rate=48000 -t 2 -ac 2 -c:v libx264"
                                " -pix_fmt yuv420p -c:a "
        + std::string(GetParam()) + " " + file;
    ASSERT_EQ(0, std::system(command.c_str()));
    test::TestStudio studio;
    const SourceId id = studio.add("file", "clip", {{"path", file}});
    const auto playing = studio.waitFor([](const Snapshot &s) {
        return !s.streams.empty() && s.streams[0].ready && s.sources.at(0).hasSound;
    });
    EXPECT_FALSE(playing->sources[0].sound); // no meter: nobody decodes it
    EXPECT_TRUE(playing->streams[0].passes);
    EXPECT_EQ("", playing->streams[0].encoder);
    const auto tap = studio->listen(id);
    tap->setWanted(true);
    EXPECT_NEAR(1000, frequencyOf(hear(*tap)), 20);
    EXPECT_TRUE(studio.freshSnapshot()->sources[0].sound); // this here does
    tap->setWanted(false);
    EXPECT_FALSE(studio.freshSnapshot()->sources[0].sound);
}

INSTANTIATE_TEST_SUITE_P(OfACodec, PassingSound, testing::Values("aac", "libopus"));

TEST(Listening, AnUnknownSourceIsSilent)
{
    test::TestStudio studio;
    const auto tap = studio->listen(SourceId(99));
    tap->setWanted(true);
    EXPECT_TRUE(tap->take().empty());
}

TEST(Listening, OfAFileThatIsEncodedItsVolumeCountsAndIsShown)
{
    const test::Folder folder;
    const std::string file = (folder.path() / "tone.mp3").string();
    const std::string command = "ffmpeg -v error -f lavfi -i sine=frequency=1000:sample_rate=48000 "
                                "-t 2 -c:a libmp3lame "
        + file;
    ASSERT_EQ(0, std::system(command.c_str()));
    test::TestStudio studio;
    const SourceId id = studio.add("file", "tone", {{"path", file}, {"mute", true}});
    const auto peakOf = [](const Snapshot &snapshot) {
        const auto &source = snapshot.sources.at(0);
        return source.sound ? std::optional(source.sound->peak) : std::nullopt;
    };
    studio.waitFor([&](const Snapshot &s) { return peakOf(s) == -90.0; });
    const auto tap = studio->listen(id);
    tap->setWanted(true);
    const auto heard = hear(*tap);
    EXPECT_FALSE(heard.empty());
    EXPECT_TRUE(std::ranges::all_of(heard, [](float sample) { return sample == 0; }));
}
