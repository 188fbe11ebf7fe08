// What this machine's own x264 writes, judged by this machine's ffprobe.
#include "media/h264.h"

#include "engine/media/ffmpeg.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>

namespace heliograph::h264 {

namespace {

struct Encoding {
    const char *name;
    const char *size;
    const char *options;
};

// "1920x1080" as ffprobe reads it from the same bytes.
std::string probedSize(const std::vector<std::uint8_t> &stream, const std::string &name)
{
    const std::string path = testing::TempDir() + "heliograph_probe_" + name + ".h264";
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char *>(stream.data()), std::streamsize(stream.size()));
    const auto said = test::outputOf("ffprobe -v error -select_streams v:0 -show_entries "
                                     "stream=width,height -of csv=p=0:s=x -f h264 "
                                     + path);
    std::remove(path.c_str());
    const std::string line(said.begin(), said.end());
    return line.substr(0, line.find('\n'));
}

} // namespace

class LiveSps : public testing::TestWithParam<Encoding> { };

TEST_P(LiveSps, HasTheSizeThatFfprobeSays)
{
    ASSERT_TRUE(test::haveFfmpeg()) << "./dev setup installs it";
    const auto stream = test::encodeH264(GetParam().size, 1, GetParam().options);
    for (const ByteSpan nal : splitAnnexB(stream)) {
        if (typeOf(nal) != NalType::Sps)
            continue;
        const auto info = parseSps(nal);
        ASSERT_TRUE(info) << info.error().detail;
        EXPECT_EQ(std::to_string(info->width) + 'x' + std::to_string(info->height),
                  probedSize(stream, GetParam().name));
        return;
    }
    FAIL() << "no SPS in " << stream.size() << " bytes";
}

INSTANTIATE_TEST_SUITE_P(
    Encodings, LiveSps,
    testing::Values(Encoding{"Cropped1080", "1920x1080", "-pix_fmt yuv420p"},
                    Encoding{"Interlaced", "1440x1080", "-pix_fmt yuv420p -flags +ildct+ilme"},
                    Encoding{"High422", "1278x718", "-pix_fmt yuv422p"},
                    Encoding{"High444", "641x359", "-pix_fmt yuv444p"},
                    Encoding{"Gray", "642x362", "-pix_fmt gray"},
                    Encoding{"Baseline", "322x242", "-pix_fmt yuv420p -profile:v baseline"}),
    [](const auto &encoding) { return std::string(encoding.param.name); });

TEST(LiveH264, PicturesThatAreReorderedAreSeenInTheirSlices)
{
    for (const int between : {0, 2}) {
        const auto stream =
            test::outputOf("ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=160x90 -t 1 -c:v "
                           "libx264 -b_strategy 0 -bf "
                           + std::to_string(between) + " -f h264 -");
        EXPECT_EQ(between > 0, std::ranges::any_of(splitAnnexB(stream), isBSlice)) << between;
    }
}

} // namespace heliograph::h264
