// What is not a video file, and what happens to one while it plays: an error that can be told,
// never a crash and never a wait without end.
#include "files.h"

#include <engine/sentences.h>

#include <fstream>
#include <sys/stat.h>

using namespace heliograph;

namespace fs = std::filesystem;

class FileErrors : public testing::Test {
protected:
    void SetUp() override
    {
        ASSERT_TRUE(test::haveFfmpeg()) << "./dev setup installs it";
        ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=320x180:rate=25 -frames:v 50 "
                                 "-c:v libx264 -g 25 "
                                 + test::shellWord(m_clip)));
    }

    std::unique_ptr<Source> source(const std::string &path)
    {
        return openableFile(path, true, test::pacerOf(m_clock));
    }

    Error openingFails(const std::string &path)
    {
        const auto opened = source(path)->open({});
        EXPECT_FALSE(opened) << path;
        return opened ? Error{} : opened.error();
    }

    // The error that ends a source which was playing.
    Error playingFails(Source &source)
    {
        for (int i = 0; i < 1000; ++i)
            if (const auto item = source.read({}); !item)
                return item.error();
        ADD_FAILURE() << "it plays on";
        return {};
    }

    void write(const std::string &path, const std::string &text)
    {
        std::ofstream(path, std::ios::binary) << text;
    }

    const test::Folder m_folder;
    const std::string m_clip = m_folder / "clip.mp4";
    test::WoundClock m_clock;
};

TEST_F(FileErrors, WhatIsNoVideoFileIsToldInASentence)
{
    write(m_folder / "empty.mp4", "");
    write(m_folder / "text.mp4", std::string(5000, 'x'));
    write(m_folder / "zeros.h264", std::string(100'000, '\0'));
    fs::create_directory(m_folder / "folder");
    ASSERT_EQ(0, ::mkfifo((m_folder / "pipe").c_str(), 0600));
    write(m_folder / "words.srt", "1\n00:00:01,000 --> 00:00:02,000\nNothing to see\n");
    fs::copy_file(m_clip, m_folder / "cut.mp4"); // its index is at the end
    fs::resize_file(m_folder / "cut.mp4", fs::file_size(m_clip) / 2);
    write(m_folder / "list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n" + m_clip + "\n");
    write(m_folder / "list.txt", "ffconcat version 1.0\nfile clip.mp4\n");
    write(m_folder / "call.sdp",
          "v=0\nc=IN IP4 127.0.0.1\nm=video 5000 RTP/AVP 96\n"
          "a=rtpmap:96 H264/90000\n");

    struct Case {
        const char *name;
        ErrorCode code;
        const char *says;
    };
    for (const Case &one : {Case{"missing.mp4", ErrorCode::FileUnreadable, "No such file"},
                            Case{"empty.mp4", ErrorCode::FileUnplayable, "empty"},
                            Case{"text.mp4", ErrorCode::FileUnplayable, "text.mp4"},
                            Case{"zeros.h264", ErrorCode::FileUnplayable, "zeros.h264"},
                            Case{"folder", ErrorCode::FileUnplayable, "folder"},
                            Case{"pipe", ErrorCode::FileUnplayable, "pipe"},
                            Case{"words.srt", ErrorCode::FileUnplayable, "no sound in it"},
                            Case{"list.txt", ErrorCode::FileUnplayable, "another kind"},
                            Case{"call.sdp", ErrorCode::FileUnplayable, "another kind"},
                            Case{"cut.mp4", ErrorCode::FileUnplayable, "cut.mp4"},
                            Case{"list.m3u8", ErrorCode::FileUnplayable, "another kind"}}) {
        const Error error = openingFails(m_folder / one.name);
        EXPECT_EQ(one.code, error.code) << one.name << ": " << error.detail;
        EXPECT_NE(std::string::npos, sentence(error).find(one.says)) << sentence(error);
    }
}

TEST_F(FileErrors, AFileThatMayNotBeReadIsTold)
{
    fs::permissions(m_clip, fs::perms::none);
    // Root may read everything: such a machine looks with somebody else's eyes.
    const uid_t self = ::geteuid();
    constexpr uid_t nobody = 65534;
    if (self == 0) {
        fs::permissions(fs::path(m_clip).parent_path(), fs::perms::all);
        ASSERT_EQ(0, ::seteuid(nobody));
    }
    const ErrorCode code = openingFails(m_clip).code;
    if (self == 0) {
        ASSERT_EQ(0, ::seteuid(self));
    }
    EXPECT_EQ(ErrorCode::FileUnreadable, code);
}

TEST_F(FileErrors, AStopEndsTheOpening)
{
    std::stop_source stop;
    stop.request_stop();
    const auto opened = source(m_clip)->open(stop.get_token());
    ASSERT_FALSE(opened);
    EXPECT_EQ(ErrorCode::Cancelled, opened.error().code);
}

TEST_F(FileErrors, AStopEndsTheWaitForAPicture)
{
    std::stop_source stop;
    const auto source = openableFile(
        m_clip, true, {m_clock, [&](std::chrono::milliseconds time, const std::stop_token &) {
                           EXPECT_LE(time, std::chrono::milliseconds(300));
                           stop.request_stop();
                       }});
    ASSERT_TRUE(source->open(stop.get_token()));
    ASSERT_TRUE(source->read(stop.get_token())); // the first is due at once
    const auto item = source->read(stop.get_token());
    ASSERT_FALSE(item);
    EXPECT_EQ(ErrorCode::Cancelled, item.error().code);
}

TEST_F(FileErrors, OneThatVanishesPlaysToItsEndAndIsMissedThen)
{
    const auto playing = source(m_clip);
    ASSERT_TRUE(playing->open({}));
    ASSERT_EQ(5u, test::readUnits(*playing, 5).size());
    fs::remove(m_clip);
    EXPECT_EQ(45u, test::readUnits(*playing, 100).size());
    EXPECT_EQ(ErrorCode::FileUnreadable, playingFails(*playing).code);
}

TEST_F(FileErrors, OneThatIsReplacedByAnotherOfItsKindGoesOnWithThat)
{
    const auto playing = source(m_clip);
    ASSERT_TRUE(playing->open({}));
    ASSERT_EQ(5u, test::readUnits(*playing, 5).size());
    fs::remove(m_clip);
    ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=640x360:rate=25 -frames:v 10 "
                             "-c:v libx264 "
                             + test::shellWord(m_clip)));
    const auto units = test::readUnits(*playing, 60);
    ASSERT_EQ(60u, units.size());
    EXPECT_EQ(640, std::get<H264Config>(units.back()->config->config).info.width);
    for (std::size_t i = 1; i < units.size(); ++i)
        EXPECT_EQ(std::chrono::milliseconds(40), units[i]->dts - units[i - 1]->dts);
}

TEST_F(FileErrors, OneThatIsReplacedBySomethingElseIsTold)
{
    for (const bool withSound : {true, false}) {
        SetUp();
        const auto playing = source(m_clip);
        ASSERT_TRUE(playing->open({}));
        ASSERT_EQ(5u, test::readUnits(*playing, 5).size());
        if (withSound) {
            fs::remove(m_clip);
            ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=320x180:rate=25 -f lavfi -i sine "
                                     "-t 1 -c:v libx264 -c:a aac "
                                     + test::shellWord(m_clip)));
        } else {
            write(m_clip, "not a video any more"); // in place, under the open file
        }
        EXPECT_EQ(ErrorCode::FileUnplayable, playingFails(*playing).code);
    }
}

TEST_F(FileErrors, OneThatIsCutOffWhileItPlaysIsPlayedAsFarAsItGoes)
{
    for (const char *extension : {"ts", "mkv", "h264"}) {
        const std::string path = m_folder / ("growing." + std::string(extension));
        ASSERT_TRUE(
            test::ffmpeg("-i " + test::shellWord(m_clip) + " -c copy " + test::shellWord(path)));
        fs::resize_file(path, fs::file_size(path) * 7 / 10);
        const auto playing = source(path);
        ASSERT_TRUE(playing->open({})) << extension;
        const auto units = test::readUnits(*playing, 120);
        // More than two rounds of what is there.
        ASSERT_EQ(120u, units.size()) << extension;
        for (std::size_t i = 1; i < units.size(); ++i)
            EXPECT_LT(units[i - 1]->dts, units[i]->dts) << extension;
    }
}

TEST_F(FileErrors, OneWithoutAKeyframeIsGivenUpAtItsEnd)
{
    // The second half of a stream whose only IDR picture is the first, with its parameter sets.
    const std::string whole = m_folder / "whole.h264";
    const std::string path = m_folder / "headless.h264";
    ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=320x180:rate=25 -frames:v 50 -c:v libx264 "
                             "-g 250 -bf 0 "
                             + test::shellWord(whole)));
    ASSERT_TRUE(test::ffmpeg("-i " + test::shellWord(whole)
                             + " -c copy -bsf:v filter_units=remove_types=5 -f h264 "
                             + test::shellWord(path)));
    const auto playing = source(path);
    const auto opened = playing->open({});
    const Error error = opened ? playingFails(*playing) : opened.error();
    EXPECT_EQ(ErrorCode::FileUnplayable, error.code) << error.detail;
}
