// Files of other codecs and other containers than H.264's: what passes is compared with what
// ffmpeg takes out of them, what is decoded has every picture once and at its time.
#include "files.h"

#include "media/opus.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

using namespace heliograph;

namespace {

using std::chrono::milliseconds;

const std::string pictures = "-f lavfi -i testsrc2=size=320x180:rate=25 ";
const std::string sine = "-f lavfi -i sine=frequency=440:sample_rate=44100 ";

struct Items {
    std::vector<VideoFrame> frames;
    std::vector<AudioFrame> sounds;
    std::vector<AccessUnitPtr> units;
    std::optional<Error> error;
    bool ended = false;

    std::vector<AccessUnitPtr> unitsOf(TrackId track) const { return test::ofTrack(units, track); }
    std::int64_t samples() const
    {
        std::int64_t total = 0;
        for (const AudioFrame &sound : sounds)
            total += std::int64_t(sound.samples.size() / sizeof(float)) / sound.channels;
        return total;
    }
};

// Up to the end, an error, or so many seconds of the clock.
Items play(Source &source, const Clock &clock, std::chrono::seconds time)
{
    Items items;
    const Timestamp start = clock.now();
    while (!items.ended && !items.error && clock.now() - start < time) {
        auto item = source.read({});
        if (!item)
            items.error = item.error();
        else if (auto *frame = std::get_if<VideoFrame>(&*item))
            items.frames.push_back(std::move(*frame));
        else if (auto *sound = std::get_if<AudioFrame>(&*item))
            items.sounds.push_back(std::move(*sound));
        else if (auto *unit = std::get_if<AccessUnitPtr>(&*item))
            items.units.push_back(std::move(*unit));
        else
            items.ended = true;
    }
    return items;
}

using Nals = std::vector<std::vector<std::uint8_t>>;

bool isCoded(ByteSpan nal)
{
    return hevc::isSlice(hevc::typeOf(nal));
}

Nals slices(const std::vector<AccessUnitPtr> &units)
{
    Nals nals;
    for (const AccessUnitPtr &unit : units)
        for (const Bytes &nal : unit->units)
            if (isCoded(nal))
                nals.emplace_back(nal.span().begin(), nal.span().end());
    return nals;
}

Nals slicesByFfmpeg(const std::string &path)
{
    const auto stream = test::outputOf("ffmpeg -v error -nostdin -i " + test::shellWord(path)
                                       + " -map 0:v -c copy -bsf:v hevc_mp4toannexb -f hevc -");
    Nals nals;
    for (const ByteSpan nal : h264::splitAnnexB(stream))
        if (isCoded(nal))
            nals.emplace_back(nal.begin(), nal.end());
    return nals;
}

// Seconds, in the order of showing.
std::vector<double> timesByFfprobe(const std::string &path)
{
    const auto text = test::outputOf("ffprobe -v error -select_streams v -show_entries "
                                     "frame=best_effort_timestamp_time -of csv=p=0 "
                                     + test::shellWord(path));
    std::istringstream lines(std::string(text.begin(), text.end()));
    std::vector<double> times;
    for (std::string line; std::getline(lines, line);)
        if (!line.empty()) // as behind a frame with side data
            times.push_back(std::strtod(line.c_str(), nullptr));
    return times;
}

double seconds(Timestamp time)
{
    return std::chrono::duration<double>(time).count();
}

} // namespace

class FileFormats : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(test::haveFfmpeg()) << "./dev setup installs it"; }

    std::string make(const std::string &name, const std::string &arguments)
    {
        const std::string path = m_folder / name;
        EXPECT_TRUE(test::ffmpeg(arguments + " " + test::shellWord(path))) << name;
        return path;
    }

    std::unique_ptr<Source> opened(const std::string &path, const std::vector<TrackId> &tracks,
                                   bool loop = true)
    {
        auto source = openableFile(path, loop, test::pacerOf(m_clock));
        const auto found = source->open({});
        EXPECT_TRUE(found) << path << ": " << (found ? "" : found.error().detail);
        if (found) {
            EXPECT_EQ(tracks, *found) << path;
        }
        return source;
    }

    Items playOnce(const std::string &path, const std::vector<TrackId> &tracks)
    {
        return play(*opened(path, tracks, false), m_clock, std::chrono::seconds(60));
    }

    test::Folder m_folder;
    test::WoundClock m_clock;
};

const std::vector<TrackId> onlyPictures = {TrackId::Video};
const std::vector<TrackId> onlySound = {TrackId::Audio};
const std::vector<TrackId> both = {TrackId::Video, TrackId::Audio};

TEST_F(FileFormats, H265IsPassedOnInEveryContainerAndOverTheSeam)
{
    for (const std::string name : {"a.mp4", "a.mkv", "a.ts", "a.hevc", "closed.hevc"}) {
        const std::string path =
            make(name,
                 pictures
                     + "-frames:v 50 -c:v libx265 -preset ultrafast "
                       "-x265-params bframes=3:b-adapt=0:keyint=25:log-level=none"
                     + (name.starts_with("closed") ? ":open-gop=0" : ""));
        const auto units =
            play(*opened(path, onlyPictures), m_clock, std::chrono::seconds(5)).units;
        ASSERT_LT(110U, units.size()) << name;
        EXPECT_EQ(slicesByFfmpeg(path), slices({units.begin(), units.begin() + 50})) << name;
        std::vector<Timestamp> shown;
        for (std::size_t i = 0; i < units.size(); ++i) {
            shown.push_back(units[i]->pts);
            EXPECT_EQ(i % 25 == 0, units[i]->keyframe) << name << i;
            EXPECT_GE(units[i]->pts, units[i]->dts);
            if (i > 0) {
                EXPECT_NEAR(40, seconds(units[i]->dts - units[i - 1]->dts) * 1e3, 1.1) << name << i;
            }
        }
        std::sort(shown.begin(), shown.end());
        for (std::size_t i = 1; i + 8 < shown.size(); ++i)
            EXPECT_NEAR(40, seconds(shown[i] - shown[i - 1]) * 1e3, 2.1) << name << i;
        EXPECT_EQ(320, std::get<HevcConfig>(units[0]->config->config).info.width);
    }
}

TEST_F(FileFormats, OpusIsPassedOn)
{
    for (const char *name : {"o.mkv", "o.ogg", "o.ts", "o.webm"}) {
        const std::string path = make(name, sine + "-t 2 -c:a libopus -ac 2 -ar 48000");
        const auto units = play(*opened(path, onlySound), m_clock, std::chrono::seconds(7)).units;
        ASSERT_LT(300U, units.size()) << name;
        const auto &config = std::get<OpaqueConfig>(units[0]->config->config);
        EXPECT_EQ(OpaqueCodec::Opus, config.codec);
        EXPECT_EQ(2, config.channels);
        ASSERT_LE(19U, config.header.size()) << name;
        EXPECT_EQ('O', config.header[0]);
        for (std::size_t i = 1; i < units.size(); ++i) {
            EXPECT_EQ(960, opus::samplesOf(units[i]->units.at(0)));
            EXPECT_NEAR(20, seconds(units[i]->dts - units[i - 1]->dts) * 1e3, 1.1) << name << i;
        }
    }
}

TEST_F(FileFormats, SoundAlonePlaysOnWithoutASeam)
{
    struct Kind {
        const char *name;
        const char *codec;
        bool passes;
    };
    for (const Kind &kind : {Kind{"s.mp3", "libmp3lame", false}, Kind{"s.m4a", "aac", true},
                             Kind{"s.aac", "aac", true}, Kind{"s.ogg", "libvorbis", false},
                             Kind{"s.flac", "flac", false}, Kind{"s.wav", "pcm_s16le", false},
                             Kind{"s.ac3", "ac3", false}, Kind{"s.mka", "pcm_s24le", false}}) {
        const std::string path =
            make(kind.name, sine + "-t 2 -ac 2 -c:a " + std::string(kind.codec));
        const Items items = play(*opened(path, onlySound), m_clock, std::chrono::seconds(7));
        EXPECT_FALSE(items.error) << kind.name;
        EXPECT_TRUE(items.frames.empty());
        EXPECT_EQ(kind.passes, !items.units.empty()) << kind.name;
        EXPECT_EQ(kind.passes, items.sounds.empty()) << kind.name;
        Timestamp end{0};
        for (const AudioFrame &sound : items.sounds) {
            EXPECT_EQ(48000, sound.sampleRate);
            EXPECT_EQ(2, sound.channels);
            if (end.count() != 0) {
                EXPECT_NEAR(0, seconds(sound.pts - end), 0.003) << kind.name;
            }
            end = sound.pts
                + Timestamp(std::int64_t(sound.samples.size() / 8) * 1'000'000'000 / 48000);
        }
        if (!kind.passes) {
            EXPECT_NEAR(7 * 48000, double(items.samples()), 9600) << kind.name;
        }
    }
}

TEST_F(FileFormats, DecodedSoundIsTheToneThatWasRecorded)
{
    const std::string path = make("tone.flac", sine + "-t 2 -ac 1");
    const Items items = playOnce(path, onlySound);
    std::vector<float> samples;
    for (const AudioFrame &sound : items.sounds) {
        EXPECT_EQ(1, sound.channels);
        const auto *first = reinterpret_cast<const float *>(sound.samples.data());
        samples.insert(samples.end(), first, first + sound.samples.size() / sizeof(float));
    }
    ASSERT_LT(90'000U, samples.size());
    int crossings = 0;
    for (std::size_t i = 1; i < samples.size(); ++i)
        crossings += samples[i - 1] < 0 && samples[i] >= 0;
    EXPECT_NEAR(440, double(crossings) * 48000 / double(samples.size()), 3);
}

TEST_F(FileFormats, OtherPicturesAreDecodedEachOnceAndOverTheSeam)
{
    struct Kind {
        const char *name;
        const char *options;
    };
    for (const Kind &kind : {
             Kind{"p.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 25"},
             Kind{"p8.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -auto-alt-ref 0"},
             Kind{"p.mpg", "-c:v mpeg2video -bf 2 -g 12"},
             Kind{"p.m2v", "-c:v mpeg2video -bf 2 -g 12"},
             Kind{"p2.ts", "-c:v mpeg2video -bf 2 -g 12"},
             Kind{"p.avi", "-c:v mpeg4 -bf 2 -g 12"},
             Kind{"p4.mp4", "-c:v mpeg4 -bf 2 -g 12"},
             Kind{"pj.avi", "-c:v mjpeg"},
             Kind{"p.wmv", "-c:v wmv2"},
             Kind{"p.flv", "-c:v flv"},
             Kind{"p.mov", "-c:v prores_ks"}, // 4:2:2, 10 bit
             Kind{"p1.mkv", "-c:v libsvtav1 -preset 12"},
             Kind{"pf.mkv", "-c:v ffv1 -pix_fmt yuv444p"},
         }) {
        const std::string path =
            make(kind.name, pictures + "-frames:v 50 " + std::string(kind.options));
        const Items once = playOnce(path, onlyPictures);
        EXPECT_TRUE(once.ended) << kind.name;
        EXPECT_EQ(50U, once.frames.size()) << kind.name;
        EXPECT_TRUE(once.units.empty());
        const Items items = play(*opened(path, onlyPictures), m_clock, std::chrono::seconds(5));
        ASSERT_LT(110U, items.frames.size()) << kind.name;
        for (std::size_t i = 1; i < items.frames.size(); ++i) {
            const VideoFrame &frame = items.frames[i];
            EXPECT_NEAR(40, seconds(frame.pts - items.frames[i - 1].pts) * 1e3, 2.1)
                << kind.name << " " << i;
            ASSERT_EQ((PictureFormat{320, 180, PixelFormat::I420}), frame.format);
            EXPECT_EQ(m_clock.wallNow() - m_clock.now(), frame.captured - frame.pts);
        }
    }
}

TEST_F(FileFormats, DecodedPicturesAreThoseThatFfmpegDecodes)
{
    const std::string path = make("same.mkv", pictures + "-frames:v 10 -c:v ffv1 -pix_fmt yuv420p");
    const auto expected =
        test::outputOf("ffmpeg -v error -nostdin -i " + test::shellWord(path) + " -f rawvideo -");
    std::vector<std::uint8_t> seen;
    for (const VideoFrame &frame : playOnce(path, onlyPictures).frames)
        for (std::size_t plane = 0; plane < 3; ++plane) {
            const auto shift = std::size_t(plane > 0);
            for (std::size_t y = 0; y < 180U >> shift; ++y) {
                const auto row = frame.planes[plane].span().subspan(
                    y * std::size_t(frame.strides[plane]), 320U >> shift);
                seen.insert(seen.end(), row.begin(), row.end());
            }
        }
    EXPECT_EQ(expected, seen);
}

TEST_F(FileFormats, PixelsBecomeSquareAndBlackIsThatOfVideo)
{
    const Items wide = playOnce(make("wide.mpg",
                                     "-f lavfi -i color=black:size=320x240:rate=25 "
                                     "-frames:v 5 -vf setsar=4/3 -c:v mpeg2video"),
                                onlyPictures);
    ASSERT_FALSE(wide.frames.empty());
    EXPECT_EQ(426, wide.frames[0].format.width);
    EXPECT_EQ(240, wide.frames[0].format.height);
    const Items full = playOnce(make("full.avi",
                                     "-f lavfi -i color=black:size=320x240:rate=25 "
                                     "-frames:v 5 -pix_fmt yuvj420p -c:v mjpeg"),
                                onlyPictures);
    ASSERT_FALSE(full.frames.empty());
    EXPECT_NEAR(16, full.frames[0].planes[0][100], 1);
    // The same told by the container, not by the kind of pixels.
    const Items told = playOnce(make("told.mkv",
                                     "-f lavfi -i color=black:size=320x240:rate=25 "
                                     "-frames:v 5 -vf scale=out_range=full "
                                     "-pix_fmt yuv420p -color_range pc -c:v ffv1"),
                                onlyPictures);
    ASSERT_FALSE(told.frames.empty());
    EXPECT_NEAR(16, told.frames[0].planes[0][100], 1);
}

TEST_F(FileFormats, WhatPassesAndWhatIsDecodedShareOneClock)
{
    const std::string inputs = pictures + sine + "-t 2 ";
    struct Kind {
        const char *name;
        const char *codecs;
    };
    for (const Kind &kind :
         {Kind{"m.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus"},
          Kind{"m.mkv", "-c:v libx264 -bf 2 -c:a ac3"}, Kind{"m.avi", "-c:v mpeg4 -c:a mp2"}}) {
        const std::string path = make(kind.name, inputs + std::string(kind.codecs));
        const auto source = opened(path, both);
        Timestamp picture{0};
        Timestamp sound{0};
        Timestamp firstPicture{0};
        int pictureCount = 0;
        for (const Timestamp end = m_clock.now() + std::chrono::seconds(9); m_clock.now() < end;) {
            const auto item = source->read({});
            ASSERT_TRUE(item) << kind.name;
            if (const auto *frame = std::get_if<VideoFrame>(&*item))
                picture = frame->pts;
            else if (const auto *heard = std::get_if<AudioFrame>(&*item))
                sound = heard->pts;
            else {
                const auto &unit = std::get<AccessUnitPtr>(*item);
                (unit->track == TrackId::Video ? picture : sound) = unit->dts;
            }
            pictureCount += int(picture != firstPicture);
            firstPicture = picture;
            if (picture.count() != 0 && sound.count() != 0) {
                EXPECT_NEAR(0, seconds(picture - sound), 0.3) << kind.name;
            }
        }
        EXPECT_NEAR(9 * 25, pictureCount, 15) << kind.name;
    }
}

TEST_F(FileFormats, AVariableRateIsKept)
{
    const std::string vary = "-frames:v 40 -vf \"setpts='(N+floor(N/3)*2)*0.04/TB'\" -vsync vfr ";
    for (const char *kind : {"v264.mkv -c:v libx264 -bf 2", "v9.webm -c:v libvpx-vp9 -cpu-used 8",
                             "v264.mp4 -c:v libx264 -bf 2", "v265.mp4 -c:v libx265"}) {
        const std::string words = kind;
        const auto space = words.find(' ');
        const std::string path =
            make(words.substr(0, space), pictures + vary + words.substr(space + 1));
        const Items items = playOnce(path, onlyPictures);
        std::vector<Timestamp> shown;
        for (const VideoFrame &frame : items.frames)
            shown.push_back(frame.pts);
        for (const AccessUnitPtr &unit : items.units)
            shown.push_back(unit->pts);
        std::sort(shown.begin(), shown.end());
        const auto expected = timesByFfprobe(path);
        ASSERT_EQ(40U, expected.size()) << kind;
        ASSERT_EQ(expected.size(), shown.size()) << kind;
        for (std::size_t i = 1; i < shown.size(); ++i)
            EXPECT_NEAR(expected[i] - expected[0], seconds(shown[i] - shown[0]), 0.0011)
                << kind << " " << i;
    }
}

TEST_F(FileFormats, AnAviShowsItsH264InTheOrderThatItsMp4Tells)
{
    const std::string mp4 =
        make("b.mp4", pictures + "-frames:v 60 -c:v libx264 -bf 3 -b_strategy 0 -g 25");
    const std::string avi = make("b.avi", "-i " + test::shellWord(mp4) + " -c copy");
    std::vector<std::vector<milliseconds>> later;
    for (const std::string &path : {mp4, avi}) {
        later.emplace_back();
        for (const AccessUnitPtr &unit : playOnce(path, onlyPictures).units)
            later.back().push_back(std::chrono::round<milliseconds>(unit->pts - unit->dts));
    }
    EXPECT_EQ(60U, later[0].size());
    EXPECT_EQ(later[0], later[1]);
}

TEST_F(FileFormats, WhatIsCutOffIsPlayedAsFarAsItGoesAndOver)
{
    for (const char *kind :
         {"t.mkv -c:v libx265 -c:a libopus", "t.webm -c:v libvpx-vp9 -cpu-used 8 -c:a libopus",
          "t.mpg -c:v mpeg2video -bf 2 -c:a mp2", "t.avi -c:v mpeg4 -c:a mp3",
          "t.ts -c:v libx265 -c:a ac3"}) {
        const std::string words = kind;
        const auto space = words.find(' ');
        const std::string path =
            make(words.substr(0, space), pictures + sine + "-t 3 " + words.substr(space + 1));
        std::filesystem::resize_file(path, std::filesystem::file_size(path) * 6 / 10);
        const Items items = play(*opened(path, both), m_clock, std::chrono::seconds(8));
        EXPECT_FALSE(items.error) << kind << ": " << items.error->detail;
        const auto count = items.frames.size() + items.unitsOf(TrackId::Video).size();
        EXPECT_LT(150U, count) << kind; // of 200
        EXPECT_GT(215U, count) << kind;
    }
}

TEST_F(FileFormats, WhatIsDamagedInTheMiddleGoesOn)
{
    for (const char *kind :
         {"d.mkv -c:v libx265 -c:a libopus", "d.webm -c:v libvpx-vp9 -cpu-used 8 -c:a libopus",
          "d.mpg -c:v mpeg2video -bf 2 -c:a mp2", "d.avi -c:v mpeg4 -c:a mp3",
          "d.mp4 -c:v mpeg4 -c:a aac"}) {
        const std::string words = kind;
        const auto space = words.find(' ');
        const std::string path =
            make(words.substr(0, space), pictures + sine + "-t 3 " + words.substr(space + 1));
        const auto size = std::filesystem::file_size(path);
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(std::streamoff(size / 2));
        file << std::string(size / 10, '\x5a');
        file.close();
        const Items items = play(*opened(path, both), m_clock, std::chrono::seconds(8));
        EXPECT_FALSE(items.error) << kind << ": " << items.error->detail;
        const auto count = items.frames.size() + items.unitsOf(TrackId::Video).size();
        EXPECT_LT(120U, count) << kind; // of 200
        EXPECT_GT(215U, count) << kind;
    }
}

TEST_F(FileFormats, OneThatIsDecodedAndVanishesIsMissedAtItsEnd)
{
    const std::string path = make("gone.avi", pictures + "-frames:v 30 -c:v mpeg4 -bf 2");
    const auto source = opened(path, onlyPictures);
    ASSERT_TRUE(source->read({}));
    std::filesystem::remove(path);
    const Items items = play(*source, m_clock, std::chrono::seconds(5));
    EXPECT_EQ(29U, items.frames.size());
    ASSERT_TRUE(items.error);
    EXPECT_EQ(ErrorCode::FileUnreadable, items.error->code);
}

TEST_F(FileFormats, AStopInTheMiddleLosesNothing)
{
    const std::string path = make("stop.mkv", pictures + "-frames:v 30 -c:v libx264");
    bool stops = true;
    std::stop_source stop;
    const auto source =
        openableFile(path, false, {m_clock, [&](milliseconds time, const std::stop_token &) {
                                       if (stops)
                                           stop.request_stop();
                                       m_clock.advance(time);
                                   }});
    ASSERT_TRUE(source->open({}));
    ASSERT_TRUE(source->read(stop.get_token())); // the first is due at once
    EXPECT_EQ(ErrorCode::Cancelled, source->read(stop.get_token()).error().code);
    stops = false;
    EXPECT_EQ(29U, test::readUnits(*source, 100).size());
}
