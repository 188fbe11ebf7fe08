// Launch lines that run.
#include "sources/launch/launch_source.h"

#include "engine/sources/files.h"

#include <algorithm>

using namespace heliograph;

namespace {

Result<std::unique_ptr<Source>> created(const std::string &line)
{
    IngestDesk desk;
    return launchSource().create({{"line", line}}, SourceContext{desk});
}

std::unique_ptr<Source> opened(const std::string &line)
{
    auto source = created(line).value();
    const auto tracks = source->open({});
    if (!tracks)
        throw std::runtime_error(tracks.error().detail);
    return source;
}

VideoFrame firstFrame(Source &source)
{
    const auto item = source.read({});
    EXPECT_TRUE(item) << item.error().detail;
    return std::get<VideoFrame>(*item);
}

} // namespace

TEST(LaunchSource, PicturesComeInTheirSize)
{
    const auto source = opened(
        "videotestsrc is-live=true pattern=red ! video/x-raw,format=NV12,width=64,height=48");
    EXPECT_EQ((PictureFormat{64, 48, PixelFormat::NV12}), firstFrame(*source).format);
}

TEST(LaunchSource, AFormatThatNobodyReadsIsConverted)
{
    const auto source = opened(
        "videotestsrc is-live=true pattern=red ! video/x-raw,format=AYUV64,width=64,height=48");
    EXPECT_EQ(64, firstFrame(*source).format.width);
}

// Not as fast as the machine can.
TEST(LaunchSource, WhatIsNotLiveComesAtItsPace)
{
    const auto source = opened("videotestsrc ! video/x-raw,width=64,height=48,framerate=50/1");
    const Timestamp first = firstFrame(*source).pts;
    Timestamp last = first;
    for (int i = 0; i < 25; ++i)
        last = firstFrame(*source).pts;
    EXPECT_GE(last - first, std::chrono::milliseconds(450));
}

TEST(LaunchSource, H264IsPassedOnNalForNal)
{
    const test::Folder folder;
    const std::string clip = folder / "clip.mp4";
    ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=320x180:rate=50 -t 1 -c:v libx264 -bf 2 "
                             "-g 25 "
                             + test::shellWord(clip)));
    const auto stream = test::outputOf("ffmpeg -v error -nostdin -i " + test::shellWord(clip)
                                       + " -map 0:v -c copy -bsf:v h264_mp4toannexb -f h264 -");
    const auto slices = [](const auto &nals) {
        std::vector<std::vector<std::uint8_t>> found;
        for (const auto &nal : nals)
            if (h264::typeOf(nal) <= h264::NalType::IdrSlice)
                found.emplace_back(nal.begin(), nal.end());
        return found;
    };
    std::vector<ByteSpan> came;
    const auto source = opened("filesrc location=\"" + clip + "\" ! qtdemux ! h264parse");
    const auto units = test::readUnits(*source, 50);
    for (const AccessUnitPtr &unit : units)
        for (const Bytes &nal : unit->units)
            came.push_back(nal.span());
    EXPECT_EQ(slices(h264::splitAnnexB(stream)), slices(came));
    ASSERT_EQ(50u, units.size());
    EXPECT_TRUE(units[0]->keyframe);
    for (std::size_t i = 1; i < units.size(); ++i) {
        EXPECT_GT(units[i]->dts, units[i - 1]->dts);
        EXPECT_GE(units[i]->pts, units[i]->dts);
    }
    EXPECT_TRUE(std::ranges::any_of(units, [](const auto &unit) { return unit->pts > unit->dts; }));
    EXPECT_EQ((Error{ErrorCode::PipelineFailed, "the line came to its end"}),
              source->read({}).error());
}

TEST(LaunchSource, AMistakeIsToldBeforeItRuns)
{
    const auto source = created("videotestsrc ! nosuch");
    ASSERT_FALSE(source);
    EXPECT_EQ(ErrorCode::InvalidArgument, source.error().code);
    EXPECT_NE(std::string::npos, source.error().detail.find("“nosuch” (at character 16)"));
}

TEST(LaunchSource, WhatFailsWhileItRunsNamesTheElement)
{
    const auto source = created("filesrc name=reel location=/nowhere/clip.mp4 ! decodebin").value();
    const auto tracks = source->open({});
    ASSERT_FALSE(tracks);
    EXPECT_EQ(ErrorCode::PipelineFailed, tracks.error().code);
    EXPECT_NE(std::string::npos, tracks.error().detail.find("reel")) << tracks.error().detail;
}
